import type { Answer } from './apply-event';
import type { ChatClient } from './chat-client';
import { ArrowUp, Clip, Cross, Menu, Person, Plus, Square } from './icons';
import { AnswerView, Bubble } from './message';
import { Action, Typing, type View } from './parts';

export function Chat(view: View) {
  const { client, strings } = view;
  const { state } = client;
  return [
    <div class="head">
      <i />
      <h2 dir="auto">{titleOf(client)}</h2>
      {state.bot?.people.enabled && (
        <Action label={strings.personText} onClick={() => void view.use('people', (part) => part.ask())} icon={<Person />} />
      )}
      {(state.identified || (state.bot?.mailTranscript && state.entries[0])) && (
        <Action label={strings.moreText} onClick={() => void view.use('more', (part) => part.show())} icon={<Menu />} />
      )}
      <Action label={strings.anewText} onClick={view.startAnew} icon={<Plus />} />
      <Action label={strings.closeText} onClick={view.close} icon={<Cross />} />
    </div>,
    state.offline && (
      <p class="bar" role="status">
        {strings.offlineText}
      </p>
    ),
    state.error && (
      <p class="bar" role="alert">
        {state.error} <button onClick={client.retry}>{strings.retryText}</button>
      </p>
    ),
    <div class="log" role="log" aria-live="off" aria-label={titleOf(client)} tabIndex={0} hidden={!!view.page}>
      {state.bot && <Conversation {...view} />}
    </div>,
    !view.page && view.bar?.(),
    view.page ? view.page() : <Composer {...view} />,
    state.bot?.branding && (
      <div class="foot">
        {strings.poweredText}{' '}
        <a href={client.base} target="_blank" rel="noopener">
          Docent
        </a>
      </div>
    ),
  ];
}

export const titleOf = ({ state: { bot } }: ChatClient) => bot?.widget.title || bot?.name || 'Chat';

function Conversation(view: View) {
  const { client, strings } = view;
  const { entries, outbox, bot } = client.state;
  const last = entries.at(-1);
  const questions = outbox.length ? [] : last ? ((last as Answer).suggestions ?? []) : bot!.widget.suggestedQuestions;
  const waiting = !outbox.length && last?.role === 'visitor' && last.turnId;
  return [
    <Bubble text={bot!.widget.greeting || strings.greetingText} />,
    entries.map((entry) =>
      entry.role === 'assistant' ? (
        <AnswerView view={view} answer={entry} />
      ) : (
        (view.entry?.(entry) ?? (entry.text && <Bubble you={entry.role === 'visitor' && strings.youText} text={entry.text} />))
      ),
    ),
    waiting && <Typing label={strings.typingText} />,
    outbox.map(({ text, failed }) => (
      <Bubble you={strings.youText} text={text || '📎'}>
        <small>
          {failed ? strings.unsentText : strings.sendingText}{' '}
          {failed && <button onClick={client.retry}>{strings.retryText}</button>}
        </small>
      </Bubble>
    )),
    <div class="asks">
      {questions.map((question) => (
        <button dir="auto" onClick={() => client.send(question)}>
          {question}
        </button>
      ))}
    </div>,
  ];
}

function Composer({ client, strings, use, take }: View) {
  const { bot } = client.state;
  const busy = client.state.entries.some((entry) => entry.role === 'assistant' && entry.status === 'running');
  const submit = (event: Event) => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLElement).closest('form')!.querySelector('textarea')!;
    const text = field.value.trim();
    const files = take ? take() : [];
    if (!files) return;
    if (text || files[0]) client.send(text, files);
    field.value = '';
  };
  // Enter during the composition of a Japanese or Chinese word chooses the word.
  const onKeyDown = (event: KeyboardEvent) => event.key === 'Enter' && !event.shiftKey && !event.isComposing && submit(event);
  return (
    <form onSubmit={submit}>
      {bot?.attachments && (
        <Action label={strings.attachText} onClick={() => void use('files', (part) => part.pick())} icon={<Clip />} />
      )}
      <textarea
        rows={1}

        dir="auto"
        maxLength={4000}
        aria-label={strings.askText}
        placeholder={strings.askText}
        onKeyDown={onKeyDown}
        onPaste={(event: ClipboardEvent) => {
          const files = [...event.clipboardData!.files];
          if (bot?.attachments && files[0]) void use('files', (part) => part.add(files));
        }}
      />
      {busy ? (
        <Action label={strings.stopText} onClick={() => void client.stop()} icon={<Square />} />
      ) : (
        <button class="act" aria-label={strings.sendText} title={strings.sendText}>
          <ArrowUp />
        </button>
      )}
    </form>
  );
}
