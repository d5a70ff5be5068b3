/** The panel under the form: the list, a note to be seen, and the two regions that screen readers speak. */

import type { Strings } from '../verbatim-search';
import { make, paint } from './dom.ts';
import type { Option } from './options.ts';

/** Milliseconds after which results are announced: sooner, the echo of the last key would cut it short. */
const HOLD = 700;

export interface Panel {
  readonly list: HTMLElement;
  /** The options listed. */
  listing: Option[];
  /** The option chosen by arrow keys, by its place; -1 for none. */
  chosen: number;
  /** Whether anything is shown: the list or a note. */
  shown: boolean;
  /** Lists other options. One that was chosen and is among them stays so. */
  fill(options: Option[]): void;
  /** Shows or hides the list, an empty one is never shown; and says another note, at once, where one is given. */
  toggle(open: boolean, note?: string): void;
  /** Chooses an option by its place, or none: then Enter belongs to the form again. */
  choose(at: number): void;
  /** Announces what is new of a status and an alert, when the keys have rested, or after `hold` milliseconds. */
  say(status: string, alert: string, hold?: number): void;
}

/** Puts a panel into `host` for its `input`, which becomes a combobox. */
export function panel(host: HTMLElement, input: HTMLInputElement, strings: Strings, id: string): Panel {
  const slot = 'panel';
  const list = paint(make('div', { slot, role: 'listbox', id, ariaLabel: strings.list, hidden: true }), make('slot'));
  const status = make('div', { slot, role: 'status' });
  const alert = make('div', { slot, role: 'alert' });
  const note = make('div', { className: 'note', ariaHidden: 'true' });
  const box = make('div', { part: 'panel' }, note, make('slot', { name: slot }));
  let timer = 0;

  paint(host, make('slot'), box);
  host.append(list, status, alert);
  Object.assign(input, {
    role: 'combobox',
    ariaAutoComplete: 'list',
    ariaExpanded: 'false',
    autocomplete: 'off',
    enterKeyHint: 'search',
  });
  input.setAttribute('aria-controls', id);

  const self: Panel = {
    list,
    listing: [],
    chosen: -1,
    shown: false,
    choose(at) {
      const before = self.listing[self.chosen];
      if (before) before.anchor.ariaSelected = null;
      input.removeAttribute('aria-activedescendant');
      const link = self.listing[at]?.anchor;
      self.chosen = link ? at : -1;
      if (!link) return;
      link.ariaSelected = 'true';
      input.setAttribute('aria-activedescendant', link.id);
      link.scrollIntoView({ block: 'nearest' });
    },
    fill(options) {
      const chosen = self.listing[self.chosen];
      self.choose(-1);
      self.listing = options;
      list.replaceChildren(...options.map(({ anchor }) => anchor));
      options.forEach(({ anchor }, at) => (anchor.id = id + at));
      if (chosen) self.choose(options.indexOf(chosen));
    },
    toggle(open, text = note.textContent!) {
      open &&= !!self.listing[0];
      list.hidden = !open;
      note.textContent = text;
      input.ariaExpanded = `${open}`;
      if (!open) self.choose(-1);
      self.shown = box.classList.toggle('shown', open || !!text);
    },
    say(polite, urgent, hold = HOLD) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (status.textContent !== polite) status.textContent = polite;
        if (alert.textContent !== urgent) alert.textContent = urgent;
      }, hold);
    },
  };
  return self;
}
