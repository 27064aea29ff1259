import type { Attachment, TranscriptEntry } from '@docent/contracts';
import type { Refusal } from '../visitor-api';
import { Typing, wear, type Kit, type Parts } from '../parts';
import { createRatingBar } from '../rating-bar';
import { createSightings } from '../sightings';
import { Bubble } from '../message';
import styles from './people.css?inline';

type Handover = Extract<TranscriptEntry, { role: 'handover' }>;

/** Talking with a person: asking for one, waiting, what they say and send, whether they type and have read. */
export default function peoplePart(kit: Kit): Parts['people'] {
  const { view, more, box } = kit;
  const { client } = view;
  const sightings = createSightings(view, box);
  const ratingBar = createRatingBar(kit);
  let refusal = '';
  wear(box, styles);

  const lastHandover = () => client.state.entries.findLast((entry) => entry.role === 'handover') as Handover | undefined;
  const isWithPeople = () => /waiting|human/.test(lastHandover()?.state ?? '');
  const person = async (method: 'POST' | 'DELETE') => {
    refusal = '';
    try {
      await client.begin();
      await client.call(method, 'person');
    } catch (error) {
      const { code, message } = error as Refusal;
      if (code === 'no_people') return noPeople();
      refusal = message;
    }
    view.draw();
  };
  const noPeople = () => {
    if (client.state.bot?.messageForm) return leaveMessage();
    refusal = more.nobodyText;
    view.draw();
  };
  const leaveMessage = () => void view.use('forms', (part) => part.message());

  const files = (attachments: Attachment[] | undefined) =>
    attachments?.map((attachment) => (
      <button class="file" onClick={() => void download(kit, attachment)}>
        {attachment.name} <small>({sizeOf(attachment, box.lang)})</small>
      </button>
    ));

  view.entry = (entry) => {
    if (entry.role === 'handover') {
      const offers = entry.offersForm && entry.seq === lastHandover()?.seq && client.state.bot?.messageForm;
      return (
        (entry.text || offers) && (
          <p class="note" dir="auto">
            {entry.text} {offers && <button onClick={leaveMessage}>{more.leaveText}</button>}
          </p>
        )
      );
    }
    if (entry.role === 'agent')
      return (
        <Bubble text={entry.text} who={entry.agent?.name}>
          {files(entry.attachments)}
        </Bubble>
      );
    if (entry.role !== 'visitor') return;
    const isLast = isWithPeople() && entry === client.state.entries.findLast(({ role }) => role === 'visitor') && !entry.turnId;
    return [
      <Bubble text={entry.text} you={view.strings.youText}>
        {files(entry.attachments)}
      </Bubble>,
      isLast && <small class="seen">{sightings.readSeq >= entry.seq ? more.seenText : more.sentText}</small>,
    ];
  };

  view.bar = () => {
    const handover = lastHandover();
    if (refusal)
      return (
        <div class="aside" role="alert">
          <span>{refusal}</span>
        </div>
      );
    if (handover?.state === 'waiting')
      return (
        <div class="aside" role="status">
          <Typing label={more.waitingText} />
          <span>
            {more.waitingText}
            {handover.promisedSeconds && ` · ≈\u00a0${duration(handover.promisedSeconds, box.lang).replace(' ', '\u00a0')}`}
          </span>
          <button onClick={() => void person('DELETE')}>{more.cancelText}</button>
        </div>
      );
    if (handover?.state === 'human' && sightings.typing)
      return (
        <div class="aside">
          <Typing label={view.strings.typingText} />
          <span>{sightings.typing}</span>
        </div>
      );
    return handover?.state === 'closed' && ratingBar(handover.seq);
  };
  view.drawn = () => isWithPeople() && sightings.tell();
  client.onPresence = sightings.hear;

  return {
    ask() {
      if (isWithPeople()) return;
      if (client.state.bot?.people.open) void person('POST');
      else noPeople();
    },
  };
}

const duration = (seconds: number, language: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit: seconds < 90 ? 'second' : 'minute', unitDisplay: 'short' }).format(
    seconds < 90 ? seconds : Math.round(seconds / 60),
  );

const sizeOf = ({ sizeBytes }: Attachment, language: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', unitDisplay: 'short', maximumFractionDigits: 0 }).format(
    Math.max(1, sizeBytes / 1000),
  );

/** The token does not fit into an address: the file is fetched with it and handed to the browser as a download, never shown. */
async function download({ view }: Kit, { id, name }: Attachment) {
  const response = await view.client.call('GET', `attachments/${id}`).catch(() => undefined);
  if (!response) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
