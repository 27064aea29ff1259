import type { VNode } from 'preact';
import { expect, it } from 'vitest';
import type { Kit } from './parts';
import { createRatingBar } from './rating-bar';

type Props = Record<string, unknown> & { children?: unknown };

/** The first element of a drawn tree that fits. */
function find(drawn: unknown, fits: (vnode: VNode<Props>) => boolean): VNode<Props> | undefined {
  if (Array.isArray(drawn)) return drawn.map((child) => find(child, fits)).find((found) => found);
  if (!drawn || typeof drawn !== 'object') return undefined;
  const vnode = drawn as VNode<Props>;
  return fits(vnode) ? vnode : find(vnode.props.children, fits);
}

it('sends the words after the number, however long that takes: the number alone would take them away', async () => {
  const sent: unknown[] = [];
  const answers: (() => void)[] = [];
  const client = {
    state: { bot: { satisfaction: true } },
    saved: { read: () => ({}), write: () => undefined },
    call: (_method: string, _path: string, body: unknown) => {
      sent.push(body);
      return new Promise<void>((resolve) => answers.push(resolve));
    },
  };
  const draw = createRatingBar({ view: { client, draw: () => undefined, strings: {} }, more: {} } as unknown as Kit);
  const press = find(draw(7), ({ props }) => props['aria-label'] === '4 / 5')!.props.onClick as () => void;
  press();
  const submit = find(draw(7), ({ type }) => type === 'form')!.props.onSubmit as (event: unknown) => void;
  submit({ preventDefault: () => undefined, currentTarget: { querySelector: () => ({ value: ' Quick, thank you. ' }) } });
  await new Promise((resolve) => setTimeout(resolve));
  expect(sent).toEqual([{ score: 4, comment: '' }]);
  answers[0]!();
  await expect.poll(() => sent).toEqual([
    { score: 4, comment: '' },
    { score: 4, comment: 'Quick, thank you.' },
  ]);
});
