import type { ComponentChildren } from 'preact';
import type { Kit } from './parts';

/** Asks at the end of a conversation with a person how it was, and offers to send it by e-mail; `seq` is that of the closing event. */
export function createRatingBar({ view, more }: Kit): (seq: number) => ComponentChildren {
  const { client } = view;
  let score = 0;
  let sent: Promise<unknown> = Promise.resolve();
  // One after the other: the number alone, arriving late, would take the words away.
  const send = (comment: string) => (sent = sent.then(() => client.call('PUT', 'satisfaction', { score, comment })).catch(() => undefined));
  const rate = (value: number) => {
    score = value;
    void send('');
    view.draw();
  };
  const finish = (event: Event, seq: number) => {
    event.preventDefault();
    const comment = (event.currentTarget as HTMLElement).querySelector('input')!.value.trim();
    if (comment) void send(comment);
    client.saved.write({ ratedSeq: seq });
    view.draw();
  };
  return (seq) => {
    const { bot } = client.state;
    const asks = bot?.satisfaction && client.saved.read().ratedSeq !== seq;
    const scores = [1, 2, 3, 4, 5].map((value) => (
      <button type="button" aria-label={`${value} / 5`} aria-pressed={score === value} onClick={() => rate(value)}>
        {value}
      </button>
    ));
    return (
      (asks || bot?.mailTranscript) && (
        <div class="aside" data-part="rating">
          {asks && [
            <span>{more.rateText}</span>,
            <div class="scores" role="group" aria-label={more.rateText}>
              {scores}
            </div>,
            !!score && (
              <form class="remark" onSubmit={(event: Event) => finish(event, seq)}>
                <input aria-label={more.commentText} placeholder={more.commentText} maxLength={1000} dir="auto" />
                <button>{view.strings.sendText}</button>
              </form>
            ),
          ]}
          {bot?.mailTranscript && <button onClick={() => void view.use('more', (part) => part.show())}>{more.mailText}</button>}
        </div>
      )
    );
  };
}
