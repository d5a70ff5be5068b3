/** What `<verbatim-search>` offers to scripts. */

/** An answer of `GET /api/search`, as far as the box reads it: it asks for the brief one. */
export interface Answer {
  query: string;
  /** Videos found, not only those listed. */
  total: number;
  /** The query that was searched instead, where nothing was found as typed. */
  suggestion: string | null;
  results: Video[];
}

/** A video that was found. */
export interface Video {
  id: string;
  title: string;
  /** The page of the video. */
  url: string;
  snippets: Passage[];
}

/** A passage of a video. */
export interface Passage {
  text: string;
  /** Half-open ranges of `text` to be lit, in Unicode scalar values, rising. */
  highlights: [number, number][];
  /** Its number among the segments of the transcript; null for the description. */
  segment: number | null;
  /** Seconds, null where the transcript has no times. */
  start: number | null;
  /** Where the moment is played; asked for with `target="player"`. */
  url?: string;
}

/** Every message of the box. */
export interface Strings {
  /** Name of the field, where the element builds the form. */
  label: string;
  /** Its button. */
  submit: string;
  /** Name of the list. */
  list: string;
  /** How many videos there are. */
  results(videos: number): string;
  /** How to go on from there with a keyboard. */
  browse: string;
  none(query: string): string;
  corrected(query: string, searched: string): string;
  failed: string;
  /** A moment read aloud, such as “à 1 minute 23 secondes”. */
  moment(seconds: number): string;
  /** The link to the page of results, last in the list. */
  all(videos: number): string;
}

/** Why an answer failed to come. */
export type Failure = 'network' | 'timeout' | 'status' | 'format';

/** The events, all bubbling and composed. */
export interface VerbatimEvents {
  /** Before a question is asked; can be prevented. */
  'verbatim-query': { q: string };
  /** A list is shown; `videos` are those listed, `total` counts all. */
  'verbatim-results': { q: string; total: number; videos: Video[] };
  /** A passage, or the page of results (`video` and `start` are null), is about to be followed; can be prevented. */
  'verbatim-select': { url: string; video: Video | null; start: number | null; q: string };
  'verbatim-error': { kind: Failure };
}

/** The element. */
export interface VerbatimSearch extends HTMLElement {
  /** The text of the field. */
  value: string;
  /** Whether the list is shown. Opening asks where there is no list yet. */
  open: boolean;
  /** Messages to use instead of the built-in ones. */
  strings: Partial<Strings>;
  /** Puts a text into the field and asks for it. */
  search(query: string): void;
  /** Closes the list; text and focus stay. */
  close(): void;
}

/** Names the element; done for `verbatim-search` when the module is loaded. */
export function define(name?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    'verbatim-search': VerbatimSearch;
  }
  interface HTMLElementEventMap {
    'verbatim-query': CustomEvent<VerbatimEvents['verbatim-query']>;
    'verbatim-results': CustomEvent<VerbatimEvents['verbatim-results']>;
    'verbatim-select': CustomEvent<VerbatimEvents['verbatim-select']>;
    'verbatim-error': CustomEvent<VerbatimEvents['verbatim-error']>;
    /** From the player bridge: how far the video is, in seconds. */
    'verbatim-time': CustomEvent<{ time: number }>;
  }
}
