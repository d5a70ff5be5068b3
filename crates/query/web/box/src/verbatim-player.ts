/**
 * Joins a page to the video on it: `#t=83` in the address or in a link plays from there, and the paragraph being said
 * is marked.
 *
 * The player is in the first `[data-verbatim-player]`, whose value is the address to embed: nothing is loaded from
 * there before its button, or a link to a moment, is pressed; how large it is, the style of the page says. Where there
 * is none, it is the first `<video>`, `<audio>` or embedded player on the page. PeerTube (with `api=1`) is spoken to by
 * its protocol, others are opened anew at the moment.
 */

type Frame = HTMLIFrameElement;

const holder = document.querySelector<HTMLElement>('[data-verbatim-player]');
let player: Frame | HTMLMediaElement | null = holder
  ? null
  : document.querySelector('video,audio,iframe:is([src*=embed],[src*=player])');
/** The origin of a player that has spoken PeerTube's protocol; before, any. */
let peer = '*';
/** Seconds. */
let start = 0;

/** The seconds in `#t=83`, `#t=1m23s` or `?t=83`; the last of several, for what follows `#` is the newest. */
function moment(address: string): number | null {
  const found = /.*[#?&]t=(?:(\d+)m)?([\d.]*)/.exec(address);
  return found && +(found[1] ?? 0) * 60 + +found[2]!;
}

/** The address of an embedded player that begins at `start`: hosts read the parameter, or what follows `#`. */
function address(src: string, play: boolean): string {
  const url = new URL(src);
  // Before what stands there: of two values hosts take the first.
  url.search = `start=${start | 0}&api=1&autoplay=${+play}&${url.search.slice(1)}`;
  url.hash = `t=${start}s`;
  return url.href;
}

const post = (method: string, params?: unknown): void =>
  (player as Frame | null)?.contentWindow?.postMessage(
    JSON.stringify({ method: `peertube::${method}`, params }),
    peer,
  );

/** Puts the player into its holder, playing. A frame plays plain files too, from what follows `#`. */
function load(): void {
  const { verbatimPlayer: src, title } = holder!.dataset;
  player = Object.assign(document.createElement('iframe'), {
    title: title ?? document.title,
    allow: 'autoplay;fullscreen',
    src: address(src!, true),
  });
  holder!.replaceChildren(player);
}

/** Goes to a moment, plays from there unless it is only to be cued, and gives the paragraph said then. */
function go(time: number, play: boolean): Element | undefined {
  start = time;
  if (!player) {
    if (holder && play) load();
  } else if ('play' in player) {
    player.currentTime = time;
    if (play) player.play();
  } else if (peer > '*') {
    post('seek', time);
    if (play) post('play');
  }
  // Replaced, so that the reader's way back does not lead through each moment.
  else player.contentWindow!.location.replace(address(player.src, play));
  return mark(time);
}

/** Marks the paragraph that is being said, and gives it. */
function mark(time: number): Element | undefined {
  const paragraphs = [...document.querySelectorAll<HTMLElement>('p[data-start]')];
  const said = paragraphs.findLast(({ dataset }) => +dataset.start! <= time);
  for (const paragraph of paragraphs) paragraph.ariaCurrent = paragraph === said ? 'true' : null;
  return said;
}

/** Says how far the video is. */
function tell(time: number): void {
  mark(time);
  player!.dispatchEvent(new CustomEvent('verbatim-time', { bubbles: true, detail: { time } }));
}

/** Follows the address of the page; playing is left to the reader. */
function follow(): void {
  const time = moment(location.href);
  if (time && time !== start) go(time, false)?.scrollIntoView();
}

addEventListener('message', ({ source, origin, data }) => {
  if (source !== (player as Frame | null)?.contentWindow) return;
  try {
    const { method, params } = JSON.parse(data);
    if (/ready/.test(method)) {
      peer = origin;
      post('__ready', { type: 'publish-reply', publish: [] });
    }
    if (/StatusUpdate/.test(method)) tell(params.position);
  } catch {}
});

// Heard on the way down: what happens to media does not rise.
addEventListener('timeupdate', ({ target }) => target === player && tell((player as HTMLMediaElement).currentTime), true);

addEventListener('click', ({ target, ctrlKey, metaKey }) => {
  const link = (target as Element).closest<HTMLAnchorElement>('[href*="#t="]');
  // The moment itself comes into the address as with any link.
  if (link?.pathname === location.pathname && !ctrlKey && !metaKey) go(moment(link.href)!, true);
});

holder?.querySelector('button')?.addEventListener('click', () => {
  load();
  // The button, which had the focus, is gone.
  player!.focus();
});

// A player that was ready before this script has called in vain.
post('__ready', { type: 'publish-request', publish: [] });
follow();
addEventListener('hashchange', follow);

export {};
