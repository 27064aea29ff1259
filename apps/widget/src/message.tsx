import type { ComponentChildren } from 'preact';
import type { Answer } from './apply-event';
import { Thumb } from './icons';
import { renderMarkdown } from './render-markdown';
import { Action, Typing, type View } from './parts';

/** What somebody said, as plain text; the visitor's own words are named as such for a screen reader, those of others for all. */
export function Bubble({
  you,
  who,
  text,
  children,
}: {
  you?: string | false;
  who?: string | undefined;
  text: string;
  children?: ComponentChildren;
}) {
  return (
    <div class={you ? 'msg you' : 'msg'} dir="auto">
      {who && <small class="who">{who}</small>}
      <p>
        {you && <span class="sr">{you}: </span>}
        {text}
      </p>
      {children}
    </div>
  );
}

/** Answers that have not changed are not read again, however long the conversation is. */
const bodies = new WeakMap<Answer, ComponentChildren>();

export function AnswerView({ view, answer }: { view: View; answer: Answer }) {
  const { strings, client } = view;
  const { turnId, status, rating, text, citations, error } = answer;
  // Below the answer stands what it means, for eyes and ears alike.
  const unsure = <i class="cite">?</i>;
  const cite = (n: number) => {
    const citation = citations.find((each) => each.n === n);
    if (!n) return unsure;
    return (
      citation &&
      turnId && (
        <button
          class="cite"
          aria-label={`${strings.sourceText} ${n}: ${citation.title}`}
          title={citation.title}
          onClick={() => void view.use('passage', (part) => part.show(turnId, n))}
        >
          {n}
        </button>
      )
    );
  };
  const body = bodies.get(answer) ?? renderMarkdown(text, cite);
  bodies.set(answer, body);
  const rate = (value: 'up' | 'down', label: string) => (
    <Action
      label={label}
      pressed={rating === value}
      onClick={() => void client.rate(answer, rating === value ? null : value)}
      icon={<Thumb />}
    />
  );
  return (
    <div class="msg" dir="auto">
      {body}
      {status === 'running' && <Typing label={strings.typingText} />}
      {text.includes('[?]') && (
        <small>
          {unsure} {strings.unsureText}
        </small>
      )}
      {error && <p>{error.message}</p>}
      {turnId && status === 'completed' && (
        <div class="rate">
          {rate('up', strings.upText)}
          {rate('down', strings.downText)}
        </div>
      )}
    </div>
  );
}
