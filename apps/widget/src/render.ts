import type { ComponentChildren } from 'preact';

/**
 * Stands in for Preact in the build: what the widget uses of it, in a third of the bytes. Function components, elements, text,
 * arrays and nothing; no keys, state, contexts or fragments, and no way to raw HTML.
 */
interface Element {
  type: string | ((props: object) => ComponentChildren);
  props: Props;
  constructor: undefined;
}
type Props = Record<string, unknown> & { children?: ComponentChildren };
type Drawn = (HTMLElement | Text) & { _type?: string | undefined; _props?: Props; data?: string };

/** The absent constructor tells an element from an object that came as JSON, which is never drawn. */
export const h = (type: Element['type'], props: Props): Element => ({ type, props, constructor: undefined });
export { h as jsx, h as jsxs };

/**
 * Makes the nodes below `parent` what `children` say. The child at each place keeps its node while its tag stays the same, and with
 * it focus, selection and what was typed; `null`, `false` and the like hold their place with an empty text.
 */
export function render(children: ComponentChildren, parent: Node, namespace = 'http://www.w3.org/1999/xhtml') {
  const wanted = flatten(children);
  wanted.forEach((child, at) => {
    const { type, props } = child as { type?: string; props: Props };
    const inside = type === 'svg' ? 'http://www.w3.org/2000/svg' : namespace;
    let node = parent.childNodes[at] as Drawn | undefined;
    if (!node || node._type !== type) {
      const fresh = (type ? document.createElementNS(inside, type) : new Text()) as Drawn;
      fresh._type = type;
      if (node) node.replaceWith(fresh);
      else parent.appendChild(fresh);
      node = fresh;
    }
    if (type) {
      // The same element again: nothing below it has changed either.
      if (node._props === props) return;
      setAttributes(node as HTMLElement, node._props, props);
      node._props = props;
      render(props.children, node, inside);
    } else if (node.data !== child) node.data = child as string;
  });
  while (parent.childNodes.length > wanted.length) parent.lastChild!.remove();
}

/** Elements and texts in order: components are called, arrays opened. */
function flatten(child: unknown): (Element | string)[] {
  if (Array.isArray(child)) return child.flatMap(flatten);
  if (typeof child === 'string' || typeof child === 'number') return [`${child}`];
  const { type, props, constructor } = (child || {}) as Element;
  if (constructor || !type) return [''];
  return typeof type === 'function' ? flatten(type(props)) : [child as Element];
}

function setAttributes(node: HTMLElement, before: Props = {}, props: Props) {
  for (const name of Object.keys({ ...before, ...props })) {
    const value = props[name];
    if (name === 'children' || value === before[name]) continue;
    // A handler set as a property prevents the default when it returns false, as `a && b` may.
    if (name.startsWith('on'))
      (node as unknown as Record<string, unknown>)[name.toLowerCase()] =
        value && ((event: unknown) => void (value as (event: unknown) => void)(event));
    // `aria-pressed` and the like say false; others are absent then.
    else if (value == null || (value === false && name[4] !== '-')) node.removeAttribute(name);
    else node.setAttribute(name, value as string);
  }
}
