/** Makes elements, with text nodes only: what is found is never read as markup. */

import css from './paint.css';

type Child = Node | string;

/** An element with properties and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Record<string, unknown> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/**
 * Gives an element a shadow tree with our style sheet. The sheet is constructed and not parsed from the page, so no
 * content security policy has to allow it.
 */
export function paint<E extends HTMLElement>(host: E, ...children: Child[]): E {
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(...children);
  return host;
}
