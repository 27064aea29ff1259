const everyMs = 20_000;
/** Weight of the newest loss in the mean that is shown. */
const smoothing = 0.02;

/** Says now and then how far a training is, how well it goes, and how long it will take. */
export class Progress {
  private readonly startedAt = performance.now();
  private saidAt = 0;
  private meanLoss: number | null = null;

  constructor(
    private readonly from: number,
    private readonly batches: number,
    private readonly print: (line: string) => void,
  ) {}

  report(batch: number, loss: number): void {
    this.meanLoss = this.meanLoss === null ? loss : this.meanLoss + smoothing * (loss - this.meanLoss);
    const now = performance.now();
    if (now - this.saidAt < everyMs && batch < this.batches) return;
    this.saidAt = now;
    const perBatch = (now - this.startedAt) / (batch - this.from);
    const minutes = (perBatch * (this.batches - batch)) / 60_000;
    this.print(
      `batch ${batch} of ${this.batches}, loss ${this.meanLoss.toFixed(3)}, ${perBatch.toFixed(0)} ms each, ${minutes.toFixed(1)} minutes left`,
    );
  }
}
