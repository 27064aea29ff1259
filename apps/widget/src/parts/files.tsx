import type { Attachment, ErrorBody } from '@docent/contracts';
import { Cross } from '../icons';
import type { Refusal } from '../visitor-api';
import { Action, wear, type Kit, type Parts } from '../parts';
import styles from './files.css?inline';

interface Picked {
  name: string;
  /** Percent. */
  progress: number;
  done?: Attachment;
  /** Why it could not be sent, in words. */
  failed?: string;
  request?: XMLHttpRequest;
}

const mostFiles = 5;

/** Files for the next message: picked or pasted, uploaded at once, and named by the message that is sent next. */
export default function filesPart(kit: Kit): Parts['files'] {
  const { view, more, box } = kit;
  let picked: Picked[] = [];
  /** The visitor has pressed "send" while files were on their way. */
  let isAwaited = false;
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = 'image/png,image/jpeg,image/gif,image/webp,application/pdf';
  wear(box, styles);

  const add = (files: File[]) => {
    for (const file of files.slice(0, mostFiles - picked.length)) {
      const entry: Picked = { name: file.name, progress: 0 };
      picked.push(entry);
      void upload(kit, file, entry).then(settled);
    }
    view.draw();
  };
  input.onchange = () => {
    add([...input.files!]);
    input.value = '';
  };
  const remove = (entry: Picked) => {
    entry.request?.abort();
    picked = picked.filter((each) => each !== entry);
    view.draw();
    box.querySelector('textarea')?.focus();
  };

  const others = view.bar;
  view.bar = () => [
    others?.(),
    picked.length > 0 && (
      <ul class="files">
        {picked.map((entry) => (
          <li>
            <span class={entry.failed ? 'wrong' : ''} role={entry.failed ? 'alert' : undefined} dir="auto">
              {entry.name}
              {entry.failed && `: ${entry.failed}`}
            </span>
            {!entry.failed && !entry.done && <progress max={100} value={entry.progress} aria-label={entry.name} />}
            <Action label={`${more.removeText}: ${entry.name}`} onClick={() => remove(entry)} icon={<Cross />} />
          </li>
        ))}
      </ul>
    ),
  ];
  const isUnderWay = () => picked.some(({ done, failed }) => !done && !failed);
  /** Where a file could not be sent, the visitor decides what goes without it. */
  const settled = () => {
    if (!isAwaited || isUnderWay()) return;
    isAwaited = false;
    const field = box.querySelector<HTMLTextAreaElement>('textarea:not([name])');
    if (picked.length > 0 && !picked.some(({ failed }) => failed)) field?.form?.requestSubmit();
  };
  box.addEventListener('input', () => (isAwaited = false));
  view.take = () => {
    isAwaited = isUnderWay();
    if (isAwaited) return null;
    const ids = picked.flatMap(({ done }) => (done ? [done.id] : []));
    picked = [];
    return ids;
  };
  return { add, pick: () => input.click() };
}

/** Not with `fetch`, which says nothing of its progress. */
async function upload({ view, more }: Kit, file: File, entry: Picked) {
  const { client } = view;
  try {
    await client.begin();
    // Renews the token where it is about to end.
    await client.call('POST', 'visitor', {});
  } catch (error) {
    const { status, message } = error as Refusal;
    entry.failed = status ? message : view.strings.unsentText;
    view.draw();
    return;
  }
  const request = (entry.request = new XMLHttpRequest());
  request.open('POST', `${client.base}/v1/conversations/${client.saved.read().conversationId}/attachments`);
  request.setRequestHeader('authorization', `Bearer ${client.saved.read().token}`);
  request.upload.onprogress = ({ loaded, total }) => {
    entry.progress = Math.round((loaded / total) * 100);
    view.draw();
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  request.onloadend = () => resolve();
  request.onload = () => {
    if (request.status === 201) entry.done = JSON.parse(request.responseText);
    else entry.failed = { 413: more.tooLargeText, 422: more.badFileText }[request.status] ?? wordsOf(request.responseText);
    view.draw();
  };
  request.onerror = () => {
    entry.failed = view.strings.unsentText;
    view.draw();
  };
  const body = new FormData();
  body.set('file', file);
  request.send(body);
  return promise;
}

function wordsOf(body: string): string {
  try {
    return (JSON.parse(body) as ErrorBody).error.message;
  } catch {
    return 'HTTP';
  }
}
