import type { ConversationSummary } from '@docent/contracts';
import { Back } from '../icons';
import { Action, Typing, wear, type Kit, type Parts } from '../parts';
import styles from './forms.css?inline';

/** A page with what is wanted now and then: the transcript by e-mail, and for those who are known, their earlier conversations. */
export default function morePart({ view, more, box }: Kit): Parts['more'] {
  const { client } = view;
  let conversations: ConversationSummary[] | undefined;
  let told = '';
  wear(box, styles);

  const mail = async (event: SubmitEvent) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget as HTMLFormElement).get('email'));
    told = await client.call('POST', 'transcript-mail', { email }).then(
      () => more.mailedText,
      (error: Error) => error.message,
    );
    view.draw();
  };
  const goTo = (id: string) => {
    client.saved.write({ conversationId: id });
    view.closePage();
    client.open();
  };
  const when = new Intl.DateTimeFormat(box.lang, { dateStyle: 'medium', timeStyle: 'short' });

  const page = () => {
    const { bot, identified, entries } = client.state;
    const canMail = bot?.mailTranscript && entries.length > 0;
    return (
      <section class="log page" aria-label={view.strings.moreText} tabIndex={0}>
        <div class="rate">
          <Action label={more.backText} onClick={view.closePage} icon={<Back />} />
          <h2>{view.strings.moreText}</h2>
        </div>
        {canMail && (
          <form onSubmit={(event: SubmitEvent) => void mail(event)}>
            <b>{more.mailText}</b>
            <label>
              {more.emailText}
              <input type="email" name="email" required autocomplete="email" maxLength={254} />
            </label>
            <button class="go">{view.strings.sendText}</button>
            {told && <p role="status">{told}</p>}
          </form>
        )}
        {identified && <b>{more.earlierText}</b>}
        {identified &&
          (conversations ? (
            <ul class="list">
              {conversations.map(({ id, title, lastMessageAt }) => (
                <li>
                  <button aria-current={id === client.saved.read().conversationId} onClick={() => goTo(id)}>
                    <span dir="auto">{title || '…'}</span>
                    <small>{when.format(new Date(lastMessageAt))}</small>
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            <Typing label={more.earlierText} />
          ))}
      </section>
    );
  };
  return {
    async show() {
      told = '';
      view.openPage(page);
      if (!client.state.identified) return;
      const response = await client.api
        .call('GET', 'visitor/conversations?limit=20', AbortSignal.timeout(20_000))
        .catch(() => undefined);
      conversations = response ? (await response.json()).items : [];
      view.draw();
    },
  };
}
