import { setTimeout as wait } from 'node:timers/promises';
import { PieceAges, readModel } from './piece-reader';
import { startSideProcess, type SideProcess } from './side-process';

/**
 * The same answers of the same model to the same readers, through a process that only passes bytes on: how old each stamped piece is at its
 * reader while all speak, in milliseconds.
 */
export async function measurePipe(benchFile: string, model: SideProcess, streams: number, settlesMs: number, measuredMs: number): Promise<number[]> {
  const pipe = await startSideProcess(benchFile, 'plain-pipe', model.url);
  try {
    const heard = new PieceAges();
    const until = (isSo: () => boolean) => new Promise<void>((resolve) => (heard.onChange = () => isSo() && resolve()));
    const allSpeak = until(() => heard.begun === streams);
    for (let stream = 0; stream < streams; stream += 1) readModel(pipe.url, streams, heard);
    await allSpeak;
    await wait(settlesMs);
    const from = heard.ages.length;
    await wait(measuredMs);
    const ages = heard.ages.slice(from);
    if (heard.completed < streams) await until(() => heard.completed === streams);
    return ages;
  } finally {
    await pipe.stop();
  }
}
