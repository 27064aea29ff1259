import type { Form, FormField } from '@docent/contracts';
import { Back } from '../icons';
import { Action, wear, type Kit, type Parts } from '../parts';
import styles from './forms.css?inline';

type Kind = 'pre_chat' | 'message';

/** The owner's forms, before a chat or instead of one. What is wrong in a field the browser says, in its own language. */
export default function formsPart({ view, more, box }: Kit): Parts['forms'] {
  const { client } = view;
  wear(box, styles);

  function open(kind: Kind, form: Form, heading: string, done: () => void) {
    let failed = '';
    let isSending = false;
    const submit = async (event: SubmitEvent) => {
      event.preventDefault();
      if (isSending) return;
      const { consent, ...fields } = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Record<
        string,
        string
      >;
      const conversationId = client.saved.read().conversationId || undefined;
      isSending = true;
      failed = '';
      view.draw();
      try {
        const body = { form: kind, conversationId, fields, consent: consent === 'on' };
        await client.api.call('POST', `bots/${client.state.bot!.id}/leads`, AbortSignal.timeout(20_000), body);
        done();
      } catch (error) {
        failed = (error as Error).message;
      }
      isSending = false;
      view.draw();
    };
    // A form before the chat can be left by leaving the chat.
    const leave = kind === 'message' ? view.closePage : view.close;
    view.openPage(() => (
      <section
        class="log page"
        aria-label={heading}
        tabIndex={0}
        onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && (event.stopPropagation(), leave())}
      >
        <div class="rate">
          {kind === 'message' && <Action label={more.backText} onClick={leave} icon={<Back />} />}
          <h2 dir="auto">{heading}</h2>
        </div>
        <form onSubmit={(event: SubmitEvent) => void submit(event)}>
          {form.fields.map((field) => (
            <Field field={field} optional={more.optionalText} />
          ))}
          {form.consent && (
            <label class="agree">
              <input type="checkbox" name="consent" required />
              <span dir="auto">{form.consent}</span>
            </label>
          )}
          {failed && <p role="alert">{failed}</p>}
          <button class="go" disabled={isSending}>
            {view.strings.sendText}
          </button>
        </form>
      </section>
    ));
    box.querySelector<HTMLElement>('.page :is(input, textarea, select)')?.focus();
  }

  return {
    preChat() {
      const form = client.state.bot?.preChatForm;
      if (!form || view.page || client.saved.read().met) return;
      open('pre_chat', form, form.title || view.strings.greetingText, () => {
        client.saved.write({ met: true });
        view.closePage();
        box.querySelector('textarea')?.focus();
      });
    },
    message() {
      const form = client.state.bot?.messageForm;
      if (!form) return;
      const heading = form.title || more.leaveText;
      open('message', form, heading, () => {
        view.openPage(() => (
          <section class="log page" aria-label={heading} tabIndex={0}>
            <div class="rate">
              <Action label={more.backText} onClick={view.closePage} icon={<Back />} />
              <h2 dir="auto">{heading}</h2>
            </div>
            <p role="status">{more.thanksText}</p>
          </section>
        ));
      });
    },
  };
}

function Field({ field: { key, label, type, required, options }, optional }: { field: FormField; optional: string }) {
  const given = {
    name: key,
    required,
    dir: 'auto' as const,
    maxLength: 2000,
    autocomplete: autocompletes[key] ?? autocompletes[type],
  };
  return (
    <label>
      <span dir="auto">
        {label} {!required && <small>({optional})</small>}
      </span>
      {type === 'textarea' ? (
        <textarea {...given} rows={3} />
      ) : type === 'select' ? (
        <select name={key} required={required}>
          <option value="" />
          {options.map((option) => (
            <option>{option}</option>
          ))}
        </select>
      ) : (
        <input {...given} type={type === 'phone' ? 'tel' : type} list={undefined} />
      )}
    </label>
  );
}

const autocompletes: Record<string, string> = { name: 'name', email: 'email', phone: 'tel', company: 'organization' };
