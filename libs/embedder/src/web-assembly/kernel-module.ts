import { flat, section, sized, text, unsigned, type Code } from './code';
import { valueType } from './instructions';

/** A function of a module, as it is called from JavaScript. */
export interface KernelFunction {
  name: string;
  /** How many come in: whole numbers first. */
  integers: number;
  floats?: number;
  /** The type of what it gives back, one of {@link valueType}. */
  result?: number;
  /** What it has beside, zeros at first. */
  locals: [count: number, type: number][];
  code: Code;
}

/** A module is compiled for one of them: a memory of its own, or one of so many pages that threads share. */
export type MemoryKind = 'own' | { sharedPages: number };

const magicAndVersion: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** The bytes of a module with these functions, all over one memory that it is given. */
export function kernelModule(functions: KernelFunction[], memory: MemoryKind = 'own'): Uint8Array<ArrayBuffer> {
  const limits: Code = memory === 'own' ? [0x00, 1] : [0x03, 1, unsigned(memory.sharedPages)];
  const ofEach = (make: (one: KernelFunction, index: number) => Code | number): Code => [functions.length, functions.map(make)];
  return Uint8Array.from(
    flat([
      magicAndVersion,
      section(1, ofEach(typeOf)),
      section(2, [1, text('env'), text('memory'), 2, limits]),
      section(
        3,
        ofEach((_, index) => index),
      ),
      section(
        7,
        ofEach(({ name }, index) => [text(name), 0, index]),
      ),
      section(
        10,
        ofEach(({ locals, code }) => sized([locals.length, locals, code, 0x0b])),
      ),
    ]),
  );
}

function typeOf({ integers, floats = 0, result }: KernelFunction): Code {
  const repeated = (count: number, type: number): number[] => new Array<number>(count).fill(type);
  const results: Code = result === undefined ? [0] : [1, result];
  return [0x60, integers + floats, repeated(integers, valueType.integer), repeated(floats, valueType.float), results];
}
