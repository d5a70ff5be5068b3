/**
 * The module that a page loads: it names the element. Modules run when the page is parsed; with `async` this one might
 * come before the forms, and find none.
 */

import { VerbatimSearch } from './element.ts';

/** Names the element; a second time, or a second copy of this module, changes nothing. */
export function define(name = 'verbatim-search'): void {
  customElements.get(name) ?? customElements.define(name, class extends VerbatimSearch {});
}

define();
