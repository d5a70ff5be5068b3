/**
 * Joins a page to the video on it: `#t=83` in the address or in a link plays from there, and the paragraph being said
 * is marked.
 *
 * The player is in the first `[data-verbatim-player]`, whose value is the address to embed: nothing is loaded from
 * there before its button, or a link to a moment, is pressed. Where there is none, it is the first `<video>`,
 * `<audio>` or embedded player on the page. PeerTube (with `api=1`) is spoken to by its protocol, others are opened
 * anew at the moment.
 */

const scope = 'peertube::';
const holder = document.querySelector<HTMLElement>('[data-verbatim-player]');
let player: HTMLIFrameElement | HTMLMediaElement | null = holder
  ? null
  : document.querySelector('video,audio,iframe:is([src*=embed],[src*=player],[src*=is_iframe])');
/** The origin of a player that speaks PeerTube's protocol. */
let peer = '';
/** Seconds. */
let start = 0;

/** The seconds in `#t=83`, `#t=1m23s`, `#t=1:23` or `?t=83`. */
function moment(address: string): number | undefined {
  const parts = /[#?&]t=([\d.hms:]+)/.exec(address)?.[1]!.split(':');
  return parts?.reduce((sum, part) => {
    sum *= 60;
    for (const [, count, unit] of part.matchAll(/([\d.]+)(\w?)/g)) sum += +count! * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1);
    return sum;
  }, 0);
}

/** The address of an embedded player that begins at `start`. */
function address(src: string, play?: boolean): string {
  const url = new URL(src, location.href);
  const parameters = url.searchParams;
  const seconds = `${Math.floor(start)}`;
  if (/vimeo/.test(url.host)) url.hash = `t=${seconds}s`;
  else parameters.set('start', seconds);
  if (/videos.embed/.test(src)) parameters.set('api', '1');
  if (play) parameters.set('autoplay', '1');
  return url.href;
}

/** Puts the player into its holder, playing. */
function load(): void {
  const src = holder!.dataset.verbatimPlayer!;
  const focused = holder!.contains(document.activeElement);
  const kind = /\.(mp4|webm|ogv|m4v)\b/.test(src) ? 'video' : /\.(mp3|og[ga]|m4a|wav|opus)\b/.test(src) ? 'audio' : 'iframe';
  player = document.createElement(kind);
  player.style.cssText = 'width:100%;height:100%;border:0';
  player.title = holder!.dataset.title ?? document.title;
  holder!.replaceChildren(player);
  if (player instanceof HTMLMediaElement) {
    player.controls = true;
    player.src = src;
    listen();
    go(start);
  } else {
    player.allow = 'autoplay;fullscreen;picture-in-picture';
    player.src = address(src, true);
  }
  if (focused) player.focus();
}

function post(message: object): void {
  (player as HTMLIFrameElement).contentWindow!.postMessage(
    JSON.stringify(message),
    peer || new URL((player as HTMLIFrameElement).src).origin,
  );
}

/** Goes to a moment, and plays from there unless it is only to be cued. */
function go(time: number, cue?: boolean): void {
  start = time;
  mark();
  if (!player) {
    if (holder && !cue) load();
  } else if (player instanceof HTMLMediaElement) {
    player.currentTime = time;
    if (!cue) player.play();
  } else if (peer) {
    post({ id: 1, method: `${scope}seek`, params: time });
    if (!cue) post({ id: 2, method: `${scope}play` });
  }
  // Replaced, so that the reader's way back does not lead through each moment.
  else player.contentWindow!.location.replace(address(player.src, !cue));
}

/** Marks the paragraph that is being said, and gives it. */
function mark(): Element | undefined {
  let current: Element | undefined;
  for (const paragraph of document.querySelectorAll<HTMLElement>('[id][data-start]')) {
    paragraph.removeAttribute('aria-current');
    if (+paragraph.dataset.start! <= start) current = paragraph;
  }
  current?.setAttribute('aria-current', 'true');
  return current;
}

/** Says how far the video is. */
function tell(time: number): void {
  start = time;
  mark();
  player!.dispatchEvent(new CustomEvent('verbatim-time', { bubbles: true, detail: { time } }));
}

function listen(): void {
  player?.addEventListener('timeupdate', () => tell((player as HTMLMediaElement).currentTime));
}

/** Follows the address of the page; playing is left to the reader. */
function follow(): void {
  const time = moment(location.hash) ?? moment(location.search);
  if (time === undefined) return;
  go(time, true);
  if (location.hash) mark()?.scrollIntoView();
}

addEventListener('message', ({ source, origin, data }) => {
  if (!(player instanceof HTMLIFrameElement) || source !== player.contentWindow) return;
  let message;
  try {
    message = JSON.parse(data);
  } catch {}
  if (message?.method === `${scope}__ready`) {
    peer = origin;
    if (message.params.type === 'publish-request')
      post({ method: `${scope}__ready`, params: { type: 'publish-reply', publish: [] } });
  } else if (message?.method === `${scope}playbackStatusUpdate`) tell(message.params.position);
});

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href*="#t="]');
  if (!link) {
    if (holder && !player && (event.target as Element).closest('[data-verbatim-player] button')) load();
  } else if (link.pathname === location.pathname && link.host === location.host && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    history.pushState(null, '', link.hash);
    go(moment(link.hash) ?? 0);
  }
});

/** A player that was there before this script may have spoken to nobody. */
function greet(): void {
  if (player instanceof HTMLIFrameElement && !peer && /api=1/.test(player.src))
    post({ method: `${scope}__ready`, params: { type: 'publish-request', publish: [] } });
}

listen();
follow();
addEventListener('hashchange', follow);
if (document.readyState === 'complete') greet();
else addEventListener('load', greet);

export {};
