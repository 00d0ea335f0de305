/** Elements from data. Text goes in as text nodes, so nothing in the data can become markup. */

export type Child = Node | string | number | undefined | false | readonly Child[];

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** `element('a', { class: 'key', href: '#x' }, 'text')`. False and undefined leave an attribute out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('--')) made.style.setProperty(name, String(value));
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, children);
  return made;
}

export function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else parent.append(child instanceof Node ? child : String(child));
  }
}

/** The element of that id, which the page always has. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** Tells who listens to the page what changed. */
export function say(text: string): void {
  byId('said').textContent = text;
}

export const keyLink = (key: string): HTMLElement =>
  element('a', { class: 'key', href: `#journey=${encodeURIComponent(key)}` }, key);

/**
 * Calls `draw` once: when the element comes near to being seen, or when the browser has nothing better
 * to do, so that a page that is printed has everything.
 */
export function whenSeen(target: Element, draw: () => void): void {
  let drawn = false;
  const once = (): void => {
    observer.disconnect();
    if (!drawn) draw();
    drawn = true;
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) once();
    },
    { rootMargin: '300px' },
  );
  observer.observe(target);
  if ('requestIdleCallback' in globalThis) requestIdleCallback(once);
}
