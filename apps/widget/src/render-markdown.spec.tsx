import fc from 'fast-check';
import { isValidElement, toChildArray, type ComponentChildren, type VNode } from 'preact';
import { expect, it } from 'vitest';
import { renderMarkdown } from './render-markdown';

const elements = new Set(['p', 'b', 'i', 'ul', 'ol', 'li', 'pre', 'code', 'a', 'button']);
const attributes = new Set(['href', 'target', 'rel', 'class', 'children', 'tabIndex', 'value']);
const cite = (n: number) => (n <= 2 ? <button>{n}</button> : undefined);

/** Every node below, or a complaint about one that must never be made. */
function flatten(children: ComponentChildren): (string | VNode<Record<string, unknown>>)[] {
  return toChildArray(children).flatMap((child) => {
    if (!isValidElement(child)) return [String(child)];
    const node = child as VNode<Record<string, unknown>>;
    expect(elements).toContain(node.type);
    for (const name of Object.keys(node.props)) expect(attributes).toContain(name);
    if (node.type === 'a') {
      expect(String(node.props.href)).toMatch(/^(https?:\/\/|mailto:|tel:)/i);
      expect(node.props).toMatchObject({ target: '_blank', rel: 'noopener nofollow' });
    }
    return [node, ...flatten(node.props.children as ComponentChildren)];
  });
}

const textOf = (markdown: string) =>
  flatten(renderMarkdown(markdown, cite))
    .filter((node) => typeof node === 'string')
    .join('');
const typesOf = (markdown: string) =>
  flatten(renderMarkdown(markdown, cite))
    .filter((node) => typeof node !== 'string')
    .map((node) => node.type);

const hostile = `<img src=x onerror=alert(1)> <script>alert(1)</script> ![track](https://evil.example/p.png) ![x](javascript:alert(1))
[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,<script>) [d](vbscript:x) [e](//evil.example) [f](https:\\\\evil) [g](\tjavascript:x)
[h](https://ok.example "onmouseover=alert(1)") <https://auto.example/"><svg/onload=alert(1)>
\`\`\`html
<iframe srcdoc="<script>alert(1)</script>">
\`\`\`
- **[deep](javascript:alert(1))** *[n](mailto:a@b.example)* [1][2][3] \\[1] [tel](tel:+123)
1. **bold with *italic* inside** and \`code [1](javascript:x)\`
# [title](file:///etc/passwd)`;

it('makes only safe nodes, wherever the stream is cut', () => {
  for (let length = 0; length <= hostile.length; length++) flatten(renderMarkdown(hostile.slice(0, length), cite));
  expect(typesOf(hostile)).not.toContain('img');
});

it('makes only safe nodes of anything', () => {
  const piece = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    '!',
    '*',
    '**',
    '_',
    '`',
    '```',
    '\n',
    ' ',
    '- ',
    '1. ',
    '# ',
    'javascript:',
    'https://a.b',
    'data:',
    '\\',
    '<a>',
    '"',
    '[1]',
    'x',
    '\u202e',
    '\u0000',
    'é',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void flatten(renderMarkdown(pieces.join(''), cite))),
    { numRuns: 3000 },
  );
});

it('shows paragraphs, lists, emphasis, code and links', () => {
  expect(typesOf('One **two** *three* _four_ `five`')).toEqual(['p', 'b', 'i', 'i', 'code']);
  expect(typesOf('- a\n- b\n\n3. c')).toEqual(['ul', 'li', 'li', 'ol', 'li']);
  expect(typesOf('## Head\ntext')).toEqual(['p', 'b', 'p']);
  expect(typesOf('```js\nlet a;\n```\nafter')).toEqual(['pre', 'code', 'p']);
  expect(textOf('```js\nlet a = "<b>";\n```')).toBe('let a = "<b>";');
  expect(typesOf('[site](https://example.com/a_(b)) and https://example.com.')).toEqual(['p', 'a', 'a']);
  expect(textOf('see https://example.com.')).toBe('see https://example.com.');
  expect(textOf('snake_case_name and 2 * 3 * 4')).toBe('snake_case_name and 2 * 3 * 4');
});

it('links a citation only when the answer has it', () => {
  expect(typesOf('Yes.[1][2][3]')).toEqual(['p', 'button', 'button']);
  expect(textOf('Yes.[3]')).toBe('Yes.[3]');
  expect(textOf('Not \\[1]')).toBe('Not [1]');
});

it('shows an image as a link to it and loads nothing', () => {
  expect(typesOf('![plan](https://example.com/plan.png)')).toEqual(['p', 'a']);
  expect(textOf('![plan](https://example.com/plan.png)')).toContain('plan');
});
