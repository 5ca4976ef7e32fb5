/**
 * What tests look for inside a page. These functions are sent to the browser as text and run there, so they use
 * nothing from outside themselves; the few names of the browser that they need are told to the compiler here, and
 * nowhere else in the program.
 */
interface Node {
  readonly tagName: string;
  readonly id: string;
  readonly textContent: string;
  readonly clientWidth: number;
  readonly scrollWidth: number;
  getAttribute(name: string): string | null;
  getAttributeNames(): string[];
  getBoundingClientRect(): { top: number; left: number; right: number; bottom: number; width: number };
  matches(selector: string): boolean;
  closest(selector: string): Node | null;
}
declare const document: {
  readonly title: string;
  readonly cookie: string;
  readonly scripts: { readonly length: number };
  readonly activeElement: Node | null;
  readonly documentElement: Node & { readonly lang: string; style: { fontSize: string } };
  querySelectorAll(selector: string): Iterable<Node>;
};
declare const window: { readonly innerWidth: number; readonly innerHeight: number };
declare const localStorage: { readonly length: number };
declare const sessionStorage: { readonly length: number };
declare const indexedDB: { databases(): Promise<unknown[]> };
declare const caches: { keys(): Promise<string[]> } | undefined;
declare function getComputedStyle(node: Node): {
  outlineStyle: string;
  outlineWidth: string;
  boxShadow: string;
  overflowX: string;
};

/** What holds for every page can be told from this. */
export function documentLook() {
  const alternates: Record<string, string> = {};
  for (const link of document.querySelectorAll('link[rel=alternate]'))
    alternates[link.getAttribute('hreflang') ?? ''] = link.getAttribute('href') ?? '';
  return {
    title: document.title,
    language: document.documentElement.lang,
    alternates,
    scripts: document.scripts.length,
    handlers: [...document.querySelectorAll('*')].filter((one) =>
      one.getAttributeNames().some((name) => name.startsWith('on')),
    ).length,
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((one) => Number(one.tagName[1])),
  };
}

/** What a page has left in the browser besides cookies, and the cookies that a script could read. */
export async function leftBehind() {
  return {
    readableCookies: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    // Only a secure context has them; http on loopback is one.
    caches: caches === undefined ? 0 : (await caches.keys()).length,
  };
}

/** The element that has the keyboard's attention: whether one can see that, and whether it is in the window at all. */
export function focusLook() {
  const node = document.activeElement;
  if (node === null || node.tagName === 'BODY') return undefined;
  const isMarked = (one: Node | null) => {
    if (one === null) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  };
  const box = node.getBoundingClientRect();
  return {
    tag: node.tagName.toLowerCase(),
    id: node.id,
    name: node.getAttribute('name'),
    text: node.textContent.trim().slice(0, 60),
    href: node.getAttribute('href'),
    inside: node.closest('header, main, footer')?.tagName.toLowerCase() ?? 'body',
    // The skip link is not there at all until it is reached; a box to tick is marked together with its words.
    isMarked:
      (node.matches('.ds-skip-link') && box.width > 1) || [node, node.closest('.ds-field')].some(isMarked),
    isInWindow:
      box.top >= 0 && box.left >= 0 && box.bottom <= window.innerHeight && box.right <= window.innerWidth,
  };
}

/**
 * What does not fit sideways: the page itself, with the innermost elements that make it too wide, and whatever is cut
 * off or must be pushed to be read. Lines of code are let be. Nothing when all of it fits.
 */
export function sideways(): string[] {
  const root = document.documentElement;
  const named = (one: Node) => `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''}`;
  const all = [...document.querySelectorAll('body *')];
  const out =
    root.scrollWidth > root.clientWidth
      ? all.filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1).slice(-5)
      : [];
  const cut = all.filter(
    (one) =>
      one.clientWidth > 1 &&
      one.scrollWidth > one.clientWidth + 1 &&
      getComputedStyle(one).overflowX !== 'visible' &&
      !one.matches('pre, input, select'),
  );
  return [
    ...(root.scrollWidth > root.clientWidth ? [`the page by ${root.scrollWidth - root.clientWidth} px`] : []),
    ...out.map(named),
    ...cut.map((one) => `${named(one)} by ${one.scrollWidth - one.clientWidth} px`),
  ];
}

/** Text at another size, as a reader's own setting makes it (WCAG 2.2, 1.4.4); at its own again when empty. */
export function textAt(size: string) {
  document.documentElement.style.fontSize = size;
}
