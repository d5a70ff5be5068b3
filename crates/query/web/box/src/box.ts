/** What the box does: it asks as one types, lists the answers, and obeys the keyboard. */

import type { Answer, Failure, Strings, VerbatimEvents } from '../verbatim-search';
import { completions, passages, type Paths } from './options.ts';
import { panel as makePanel } from './panel.ts';
import { get } from './requests.ts';
import { shortcut } from './shortcut.ts';

/** Failures after which nothing is asked for `SILENCE` milliseconds. */
const PATIENCE = 3;
const SILENCE = 30_000;

/** Ways to complete a word that are listed. */
const COMPLETIONS = 4;

export interface Box {
  readonly open: boolean;
  /** Begins to listen, until the signal. */
  listen(signal: AbortSignal): void;
  /** The text has changed. */
  typed(): void;
  reveal(): void;
  close(): void;
}

const modified = (event: KeyboardEvent | MouseEvent): boolean => event.ctrlKey || event.metaKey || event.shiftKey;

/** Makes a box of `host` around a form with a text field. */
export function box(
  host: HTMLElement,
  form: HTMLFormElement,
  input: HTMLInputElement,
  strings: () => Strings,
  id: string,
): Box {
  const panel = makePanel(host, input, strings(), id);
  /** Stops listening and asking when the element is taken off the page for good. */
  let stop: AbortSignal;
  /** The text to be asked for next; the latest wins. */
  let wanted = '';
  /** The text whose answer is listed. */
  let listed = '';
  let asking = false;
  /** Failures without an answer between them. */
  let failures = 0;
  let silentUntil = 0;
  /** When the last request began. */
  let began = 0;
  /** Whether an answer may show the panel: not after Escape, nor when the reader has gone elsewhere. */
  let mayOpen = false;
  /** What to choose when the list opens: 0 the first option, -1 the last one. */
  let choice: number | undefined;

  const text = (): string => input.value.trim();
  const attribute = (name: string): string | null => host.getAttribute(name);
  const number = (name: string, otherwise: number): number => +(attribute(name) ?? otherwise);
  const enough = (): boolean => text().length >= number('min', 2);
  const source = (): string => new URL(attribute('src')!, document.baseURI).href;

  const plays = (): boolean => attribute('target') === 'player';

  /** Whether nobody prevented it. */
  const emit = <K extends keyof VerbatimEvents>(name: K, detail: VerbatimEvents[K]): boolean =>
    host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));

  const paths = (): Paths => ({
    src: source(),
    plays: plays(),
    pageOf(query) {
      // What submitting the form would open.
      const url = new URL(form.getAttribute('action') ?? '', document.baseURI);
      const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
      fields.set(input.name, query);
      url.search = `${fields}`;
      return url.href;
    },
  });

  /** Asks `src`, or its neighbour `suggest`. */
  function fetched<A extends object>(path: string, list: string, query: string): Promise<A> {
    const url = new URL(path, source());
    const area = attribute('area');
    url.search = `${new URLSearchParams({
      q: query,
      limit: `${number('limit', 6)}`,
      snippets: `${number('passages', 2)}`,
      // A third of the bytes; a server that does not know it gives longer passages.
      brief: plays() ? 'player' : 'page',
      ...(area && { area }),
    })}`;
    began = Date.now();
    return get(url.href, list, number('timeout', 4000), stop) as Promise<A>;
  }

  function typed(): void {
    mayOpen = true;
    choice = undefined;
    panel.choose(-1);
    wanted = enough() ? text() : '';
    if (!wanted) close();
    ask();
  }

  /** Asks for what is wanted until nothing more is: one request at a time, the latest text wins. */
  async function ask(): Promise<void> {
    if (asking) return;
    asking = true;
    while (wanted && Date.now() > silentUntil) {
      const early = began + number('interval', 150) - Date.now();
      if (early > 0) await new Promise((done) => setTimeout(done, early));
      const query = wanted;
      wanted = '';
      if (query && emit('verbatim-query', { q: query })) await answer(query).catch((kind) => query === text() && !stop.aborted && fail(kind));
    }
    asking = false;
  }

  async function answer(query: string): Promise<void> {
    const found = await fetched<Answer>('', 'results', query);
    if (query !== text() || stop.aborted) return;
    show(query, found);
    // Where the list has room, ways to go on with the last word are shown too, unless more is to be asked already.
    if (found.results.length < number('limit', 6) && !wanted) await complete(query, found.total).catch(() => {});
  }

  function show(query: string, answer: Answer): void {
    const { total, suggestion, results } = answer;
    const say = strings();
    failures = 0;
    listed = query;
    panel.fill(passages(query, answer, say, paths()));
    const corrected = total && suggestion ? say.corrected(query, suggestion) : '';
    const status = total ? `${say.results(total)}.${browse()}` : say.none(query);
    reveal(corrected || (total ? '' : status));
    if (mayOpen) panel.say(status, corrected);
    emit('verbatim-results', { q: query, total, videos: results });
  }

  /** Adds ways to complete the last word, above the link to the page of results. */
  async function complete(query: string, total: number): Promise<void> {
    const found = await fetched<{ suggestions: { text: string }[] }>('suggest', 'suggestions', query);
    if (query !== text()) return;
    const texts = found.suggestions.map((suggestion) => suggestion.text);
    const others = texts.filter((other) => other !== query).slice(0, COMPLETIONS);
    if (!others[0]) return;
    const options = [...panel.listing];
    options.splice(-1, 0, ...completions(others, paths()));
    panel.fill(options);
    if (mayOpen && !total) panel.say(`${strings().none(query)}${browse()}`, '');
    reveal();
  }

  /** How to go on, for those who have a keyboard. */
  const browse = (): string => (matchMedia('(hover:hover)').matches ? ` ${strings().browse}` : '');

  /** The list is gone, and the reader told that the form still works. */
  function fail(kind: Failure | Error): void {
    if (++failures >= PATIENCE) silentUntil = Date.now() + SILENCE;
    listed = '';
    panel.toggle(false, mayOpen ? strings().failed : '');
    if (mayOpen) panel.say('', strings().failed, 0);
    emit('verbatim-error', { kind: kind instanceof Error ? 'format' : kind });
  }

  /** Opens the list, and chooses its first (0) or last (-1) option where that is said. */
  function open(which?: number): void {
    if (!enough()) return;
    if (listed !== text()) typed();
    mayOpen = true;
    choice = which;
    if (listed === text()) reveal();
  }

  function reveal(note?: string): void {
    panel.toggle(mayOpen, mayOpen ? note : '');
    if (mayOpen && choice !== undefined) panel.choose(choice < 0 ? panel.listing.length - 1 : 0);
    choice = undefined;
  }

  function close(): void {
    mayOpen = false;
    panel.toggle(false, '');
    panel.say('', '', 0);
  }

  function press(event: KeyboardEvent): void {
    // 229: a key that an input method keeps for itself, where browsers do not say so otherwise.
    if (event.isComposing || event.keyCode === 229) return;
    const { key } = event;
    const { chosen, listing, list } = panel;
    const down = key === 'ArrowDown';
    if (down || key === 'ArrowUp') {
      if (modified(event) || !text()) return;
      if (event.altKey) down ? open() : close();
      else if (list.hidden) open(down ? 0 : -1);
      // Past either end lies the text itself, at -1.
      else panel.choose(down ? chosen + 1 : chosen < 0 ? listing.length - 1 : chosen - 1);
    } else if (key === 'Enter' && chosen >= 0) {
      // With the modifiers of the key, so that Ctrl+Enter opens a tab.
      listing[chosen]!.anchor.dispatchEvent(new MouseEvent('click', event));
    } else if (key === 'Escape' && panel.shown) {
      event.stopPropagation();
      close();
    } else {
      if (/Home|End|Arrow/.test(key)) panel.choose(-1);
      return;
    }
    event.preventDefault();
  }

  function follow(event: MouseEvent): void {
    const option = panel.listing.find((option) => option.anchor.contains(event.target as Node));
    if (!option) return;
    const elsewhere = modified(event);
    const { anchor, video, start, completion } = option;
    if (completion && !elsewhere) {
      event.preventDefault();
      input.value = completion;
      input.focus();
      typed();
      return;
    }
    if (!emit('verbatim-select', { url: anchor.href, video, start, q: listed })) event.preventDefault();
    if (!elsewhere) close();
  }

  return {
    get open() {
      return !panel.list.hidden;
    },
    typed,
    reveal: open,
    close,
    listen(signal) {
      stop = signal;
      const on = <E extends Event>(target: EventTarget, name: string, listener: (event: E) => void): void =>
        target.addEventListener(name, listener as EventListener, { signal });
      on(input, 'input', typed);
      on(input, 'keydown', press);
      on(input, 'focusout', ({ relatedTarget }: FocusEvent) => {
        // A touch keyboard that goes away takes the focus nowhere.
        if (relatedTarget && !panel.list.contains(relatedTarget as Node)) close();
      });
      on(form, 'submit', close);
      // The field keeps the focus.
      on(panel.list, 'mousedown', (event) => event.preventDefault());
      on(panel.list, 'click', follow);
      on(document, 'pointerdown', (event) => {
        if (panel.shown && !event.composedPath().includes(host)) close();
      });
      shortcut(host, input, on);
    },
  };
}
