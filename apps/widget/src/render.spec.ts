// @vitest-environment jsdom
import fc from 'fast-check';
import * as full from 'preact';
import { expect, it } from 'vitest';
import { h, render } from './render';

type Renderer = Pick<typeof full, 'h' | 'render'>;
type Tree = string | null | false | Tree[] | { type: string; props: Record<string, unknown>; children: Tree[] };

const slim = { h, render } as unknown as Renderer;

const properties = fc.record(
  {
    class: fc.constantFrom('a', 'b'),
    title: fc.constant('t'),
    hidden: fc.boolean(),
    'aria-pressed': fc.boolean(),
    tabIndex: fc.constantFrom(0, -1),
    dir: fc.constant('auto'),
  },
  { requiredKeys: [] },
);

const { tree } = fc.letrec<{ tree: Tree; element: Tree }>((again) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Tree>('text', 'other', null, false),
    again('element'),
    fc.array(again('tree'), { maxLength: 3 }) as fc.Arbitrary<Tree>,
  ),
  element: fc.record({
    type: fc.constantFrom('div', 'p', 'button', 'svg', 'textarea'),
    props: properties,
    children: fc.array(again('tree'), { maxLength: 4 }),
  }) as fc.Arbitrary<Tree>,
}));

/** Half of the elements pass through a function component, as the panel's parts do. */
function toNode({ h }: Renderer, part: Tree): full.ComponentChild {
  if (Array.isArray(part)) return part.map((child) => toNode({ h } as Renderer, child)) as unknown as full.ComponentChild;
  if (!part || typeof part === 'string') return part;
  const { type, props, children } = part;
  const inside = {
    ...props,
    ...(type === 'textarea' ? {} : { children: children.map((child) => toNode({ h } as Renderer, child)) }),
  };
  const Part = (given: Record<string, unknown>) => h(type, given);
  return children.length % 2 ? h(Part, inside) : h(type, inside);
}

function draw(renderer: Renderer, trees: Tree[]): string[] {
  const box = document.createElement('div');
  return trees.map((part) => {
    renderer.render(toNode(renderer, part) as full.VNode, box);
    return describeNode(box);
  });
}

/** Attributes by name, `hidden` whatever its value, and none that is set back to the empty string: Preact leaves those on nodes that it uses again. Empty texts hold places. */
function describeNode(node: Node): string {
  if (!(node instanceof Element)) return JSON.stringify(node.nodeValue);
  const attributes = [...node.attributes]
    .filter(({ name, value }) => value || name === 'hidden')
    .map(({ name, value }) => ` ${name}=${name === 'hidden' || value}`);
  return `<${node.namespaceURI} ${node.localName}${attributes.sort().join('')}>${[...node.childNodes]
    .filter((child) => child.nodeValue !== '')
    .map(describeNode)
    .join('')}</>`;
}

it('draws and redraws any tree exactly as the whole of Preact does', () => {
  const trees = fc.array(tree, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(trees, (drawn) => void expect(draw(slim, drawn)).toEqual(draw(full, drawn))),
    { numRuns: 1500 },
  );
});

it('changes, adds and removes listeners', () => {
  for (const renderer of [slim, full]) {
    const box = document.createElement('div');
    const heard: string[] = [];
    for (const onClick of [undefined, () => heard.push('one'), () => heard.push('two'), undefined]) {
      renderer.render(renderer.h('button', { onClick }), box);
      box.querySelector('button')!.click();
    }
    expect(heard).toEqual(['one', 'two']);
  }
});

it('draws nothing for an object that is not a node, such as one from a server', () => {
  const box = document.createElement('div');
  slim.render({ type: 'script', props: { children: 'alert(1)' } } as unknown as full.VNode, box);
  expect(box.querySelector('script')).toBe(null);
});

it('stays with the nodes it has while a list grows', () => {
  const box = document.createElement('div');
  const list = (count: number) =>
    slim.h('ul', { children: Array.from({ length: count }, (_, at) => slim.h('li', { children: String(at) })) });
  slim.render(list(2), box);
  const first = box.querySelector('li');
  slim.render(list(5), box);
  expect(box.querySelector('li')).toBe(first);
  expect(box.textContent).toBe('01234');
});

it('keeps what was typed, and the focus, while something appears above', () => {
  const box = document.body.appendChild(document.createElement('div'));
  const page = (offline: boolean) =>
    slim.h('form', { children: [offline && slim.h('p', { children: 'No connection' }), slim.h('textarea', {})] });
  slim.render(page(false), box);
  const field = box.querySelector('textarea')!;
  field.value = 'half a quest';
  field.focus();
  slim.render(page(true), box);
  expect(box.textContent).toBe('No connection');
  expect(box.querySelector('textarea')).toBe(field);
  expect(document.activeElement).toBe(field);
  expect(field.value).toBe('half a quest');
});

it('lets the browser do what it does, whatever a listener returns', () => {
  const box = document.createElement('div');
  slim.render(slim.h('textarea', { onKeyDown: () => false }), box);
  const event = new KeyboardEvent('keydown', { key: 'a', cancelable: true });
  box.querySelector('textarea')!.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});
