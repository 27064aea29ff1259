import type { DrawnKnowledge } from './drawn-knowledge';

const mostBytes = 48 * 2 ** 20;

/** Drawings of several bots; the one that was looked at longest ago goes first. Drawing is done once at a time, whoever asks. */
export class KeptMaps {
  private readonly maps = new Map<string, { state: string; drawing: Promise<DrawnKnowledge>; bytes: number }>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly limit = mostBytes) {}

  /** `state`: what the drawing is true of; another one has it drawn anew. */
  async get(key: string, state: string, draw: () => Promise<DrawnKnowledge>): Promise<DrawnKnowledge> {
    const found = this.maps.get(key);
    this.maps.delete(key);
    const kept = found?.state === state ? found : { state, drawing: this.inTurn(draw), bytes: 0 };
    this.maps.set(key, kept);
    try {
      const drawn = await kept.drawing;
      kept.bytes = drawn.weight;
      this.forgetOldest();
      return drawn;
    } catch (error) {
      if (this.maps.get(key) === kept) this.maps.delete(key);
      throw error;
    }
  }

  private forgetOldest(): void {
    let bytes = [...this.maps.values()].reduce((sum, kept) => sum + kept.bytes, 0);
    for (const [key, kept] of this.maps) {
      if (bytes <= this.limit || this.maps.size === 1) return;
      this.maps.delete(key);
      bytes -= kept.bytes;
    }
  }

  private inTurn(draw: () => Promise<DrawnKnowledge>): Promise<DrawnKnowledge> {
    const drawing = this.last.then(draw);
    this.last = drawing.catch(() => undefined);
    return drawing;
  }
}
