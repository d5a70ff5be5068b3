/** Asks the server, and remembers what it answered. */

import type { Failure } from '../verbatim-search';

/** Answers remembered on a page, for all boxes on it; those not asked for longest are forgotten. */
const REMEMBERED = 50;

const remembered = new Map<string, object>();

/**
 * The JSON at a URL, an object with that list in it; throws why there is none. A plain GET without cookies or unusual
 * headers, so that no browser asks the server for leave first.
 */
export async function get(url: string, list: string, timeout: number, stop: AbortSignal): Promise<object> {
  const late = AbortSignal.timeout(timeout);
  let kind: Failure = 'network';
  try {
    let answer = remembered.get(url) as Record<string, unknown> | undefined;
    if (!answer) {
      const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.any([stop, late]) });
      kind = 'status';
      if (!response.ok) throw 0;
      kind = 'format';
      answer = (await response.json()) as Record<string, unknown>;
      if (!Array.isArray(answer[list])) throw 0;
    }
    remembered.delete(url);
    remembered.set(url, answer);
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!);
    return answer;
  } catch {
    throw late.aborted ? 'timeout' : kind;
  }
}
