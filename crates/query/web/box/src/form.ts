/** The form in which the box works: the author's own, or one made from the element's attributes. */

import type { Strings } from '../verbatim-search';
import { make } from './dom.ts';

/** The form below `element` and its text field; made where there is none but an `action`. */
export function formOf(
  element: HTMLElement,
  strings: Strings,
  id: string,
): [HTMLFormElement, HTMLInputElement] | undefined {
  const action = element.getAttribute('action');
  const form = element.querySelector('form') ?? (action != null && build(element, action, strings, id));
  const input = form && form.querySelector<HTMLInputElement>('input:is([type=search],[type=text],:not([type]))');
  if (!input) return;
  // Two search forms on a page are told apart by the labels of their fields.
  const label = input.labels?.[0];
  if (label && !form.matches('[aria-label],[aria-labelledby]')) {
    label.id ||= `${id}-label`;
    form.setAttribute('aria-labelledby', label.id);
  }
  return [form, input];
}

function build(element: HTMLElement, action: string, strings: Strings, id: string): HTMLFormElement {
  const input = make('input', { id: `${id}-q`, name: element.getAttribute('name') ?? 'q', type: 'search' });
  // Smaller letters make iOS zoom in. Set through the object model, which no content security policy forbids.
  input.style.fontSize = 'max(16px,1em)';
  const label = make('label', { htmlFor: input.id }, element.getAttribute('label') ?? strings.label);
  const form = make('form', { action, role: 'search' }, label, input, make('button', {}, strings.submit));
  element.append(form);
  return form;
}
