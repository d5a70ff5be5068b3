/** A key that puts the cursor into the field, wherever the reader is on the page. */

/** The first box that has a shortcut keeps it to itself while it is on the page. */
let owner: HTMLElement | undefined;

/**
 * Binds the `shortcut` of a box, such as `mod+k`; `mod` is ⌘ on a Mac and Ctrl elsewhere. One without such a key is
 * refused: letters alone are typed by speech input and are heard as commands by screen readers.
 */
export function shortcut(
  box: HTMLElement,
  input: HTMLInputElement,
  on: (target: EventTarget, name: string, listener: (event: KeyboardEvent) => void) => void,
): void {
  const [modifier, key] = box.getAttribute('shortcut')?.toLowerCase().split('+') ?? [];
  if (!key || (owner !== box && owner?.isConnected)) return;
  owner = box;
  const mod = /Mac|iP/.test(navigator.platform) ? 'meta' : 'ctrl';
  on(document, 'keydown', (event) => {
    const held = modifier === 'mod' ? mod : modifier;
    if (event.key.toLowerCase() !== key || !/ctrl|alt|meta/.test(held!) || !event[`${held as 'ctrl'}Key`]) return;
    event.preventDefault();
    input.select();
  });
}
