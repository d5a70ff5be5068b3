/** A key that puts the cursor into the field, wherever the reader is on the page. */

/**
 * Binds the `shortcut` of a box, such as `mod+k`; `mod` is ⌘ or Ctrl. One without such a key is
 * never heard: letters alone are typed by speech input and are commands of screen readers. Of several boxes the first
 * one hears it.
 */
export function shortcut(
  box: HTMLElement,
  input: HTMLInputElement,
  on: (target: EventTarget, name: string, listener: (event: KeyboardEvent) => void) => void,
): void {
  const [modifier, key] = box.getAttribute('shortcut')?.toLowerCase().split('+') ?? [];
  on(document, 'keydown', (event) => {
    const { ctrlKey, altKey, metaKey } = event;
    const held = { ctrl: ctrlKey, alt: altKey, meta: metaKey, mod: ctrlKey || metaKey };
    if (event.key.toLowerCase() !== key || !held[modifier as 'mod']) return;
    if (!event.defaultPrevented) input.select();
    event.preventDefault();
  });
}
