/** `<verbatim-search>`: the author's own form, with a list of passages under its field. */

import type { VerbatimSearch as Contract, Strings } from '../verbatim-search';
import { box, type Box } from './box.ts';
import { formOf } from './form.ts';
import { stringsFor } from './messages.ts';

let count = 0;

export class VerbatimSearch extends HTMLElement implements Contract {
  strings: Partial<Strings> = {};
  #input?: HTMLInputElement;
  #box?: Box;
  /** Stops what listens and asks; none while the element is off the page. */
  #stop?: AbortController;

  connectedCallback(): void {
    // Moved within the page: nothing was lost.
    if (this.#stop) return;
    if (!this.#box) {
      const id = `verbatim-${++count}-`;
      const strings = (): Strings => ({ ...stringsFor(this), ...this.strings });
      const made = formOf(this, strings(), id);
      if (!made) return;
      this.#input = made[1];
      this.#box = box(this, ...made, strings, id);
    }
    this.#stop = new AbortController();
    this.#box.listen(this.#stop.signal);
    // What was typed before this script came is asked for now.
    const { value, defaultValue } = this.#input!;
    if (value !== defaultValue && this.#input!.matches(':focus')) this.#box.typed();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.close();
      this.#stop?.abort();
      this.#stop = undefined;
    });
  }

  get value(): string {
    return this.#input?.value ?? '';
  }

  set value(text: string) {
    if (this.#input) this.#input.value = text;
  }

  get open(): boolean {
    return !!this.#box?.open;
  }

  set open(open: boolean) {
    if (open) this.#box?.reveal();
    else this.close();
  }

  search(query: string): void {
    this.value = query;
    this.#box?.typed();
  }

  close(): void {
    this.#box?.close();
  }
}
