/** The module that a page loads: it names the element. */

import { VerbatimSearch } from './element.ts';

/** Names the element; a second time, or a second copy of this module, changes nothing. */
export function define(name = 'verbatim-search'): void {
  customElements.get(name) ?? customElements.define(name, class extends VerbatimSearch {});
}

// Not before the parser has come to the forms.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => define());
else define();
