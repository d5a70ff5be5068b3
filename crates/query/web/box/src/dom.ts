/** Makes elements, with text nodes only: what is found is never read as markup. */

import css from './paint.css';

type Child = Node | string;
type Attributes = Record<string, string>;

/** An element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...children);
  return element;
}

export function set(element: Element, attributes: Attributes): void {
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
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
