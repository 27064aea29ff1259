import { Back } from './icons';
import { link } from './render-markdown';
import { Action, Typing, type Passage, type View } from './parts';

export function PassageView({ strings, hidePassage, citation, before, quote, after, failed }: View & Passage) {
  return (
    <section class="log passage" aria-label={strings.sourceText} tabIndex={0}>
      <div class="rate">
        <Action label={strings.backText} onClick={hidePassage} icon={<Back />} />
        <h2 dir="auto">{citation?.title}</h2>
      </div>
      {citation?.page && <small>{`${strings.pageText} ${citation.page}`}</small>}
      {quote ? (
        <p dir="auto">
          {before}
          <mark>{quote}</mark>
          {after}
        </p>
      ) : failed ? (
        <p role="alert">{failed}</p>
      ) : (
        <Typing label={strings.sourceText} />
      )}
      {citation?.url && link(citation.url, strings.visitText)}
    </section>
  );
}
