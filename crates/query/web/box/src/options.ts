/** Makes the options of the list: real links, each painted in a shadow tree of its own. */

import type { Answer, Passage, Strings, Video } from '../verbatim-search';
import { make, paint } from './dom.ts';

/** An option and what is known about it. */
export interface Option {
  anchor: HTMLAnchorElement;
  video: Video | null;
  start: number | null;
  /** The text that a completion puts into the field. */
  completion?: string;
}

/** Where the options lead. */
export interface Paths {
  /** The API's URL: what answers name is relative to it. */
  src: string;
  /** Whether to play the video instead of opening its page. */
  plays: boolean;
  /** The page of results for a query. */
  pageOf(query: string): string;
}

/** What stands for a video of which only the title was found. */
const WHOLE = { text: '', highlights: [] as [number, number][] } as Passage;

/** The passages found, video by video, and the page of results. */
export function passages(query: string, answer: Answer, strings: Strings, paths: Paths): Option[] {
  const options = answer.results.flatMap((video) =>
    (video.snippets[0] ? video.snippets : [WHOLE]).flatMap((passage, at) =>
      option(address(video, passage, paths), describe(video, passage, at, strings), video, passage.start),
    ),
  );
  return options[0] ? [...options, ...option(paths.pageOf(query), [part('link', strings.all(answer.total))])] : options;
}

/** Ways to complete the last word. */
export function completions(queries: string[], paths: Paths): Option[] {
  return queries.flatMap((completion) =>
    option(paths.pageOf(completion), [part('link', completion)]).map((made) => ({ ...made, completion })),
  );
}

/** An option; none where the address is no page of the web, for a transcript may name anything as its video. */
function option(url: string, children: Node[], video: Video | null = null, start: number | null = null): Option[] {
  if (!/^https?:/.test(url)) return [];
  const anchor = make('a', { role: 'option', tabIndex: -1, href: url }, paint(make('span'), ...children));
  return [{ anchor, video, start }];
}

/** The page of the video at the moment or paragraph, or the player at the moment. */
function address(video: Video, { url, start, segment }: Passage, { src, plays }: Paths): string {
  if (plays && url) return new URL(url, src).href;
  const page = new URL(video.url, src);
  page.hash = start != null ? `t=${Math.floor(start)}` : segment != null ? `s${segment}` : '';
  return page.href;
}

/** Title, moment and text of a passage. The title is seen once for each video, and heard with each passage. */
function describe(video: Video, passage: Passage, at: number, strings: Strings): Node[] {
  const { start } = passage;
  const heard = { className: 'heard' };
  const timed = start != null;
  return [
    make('span', { part: 'title', ...(at && heard) }, video.title),
    make('span', heard, timed ? ` ${strings.moment(start)}. ` : '. '),
    ...(timed ? [make('span', { part: 'time', ariaHidden: 'true' }, clock(start))] : []),
    part('excerpt', ...lit(passage)),
  ];
}

const part = (name: string, ...children: (Node | string)[]): HTMLElement => make('span', { part: name }, ...children);

/** The text with its marks. */
function lit({ text, highlights }: Passage): (Node | string)[] {
  const characters = Array.from(text);
  const slice = (from: number, to?: number): string => characters.slice(from, to).join('');
  let at = 0;
  const nodes = highlights.flatMap(([from, to]) => {
    const before = slice(at, from);
    at = to;
    return [before, make('mark', { part: 'mark' }, slice(from, to))];
  });
  return [...nodes, slice(at)];
}

/** `1:23` or `1:02:03`. */
const clock = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(seconds < 3600 ? 14 : 11, 19).replace(/^0/, '');
