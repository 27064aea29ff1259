import { Buffer } from 'node:buffer';

const wireVarint = 0;
const wireBytes = 2;
const elementFloat = 1;
const elementInt64 = 7;

/**
 * A real ONNX model in a few lines: `last_hidden_state = Gather(table, input_ids)`, one vector per token and no more. `inputs`: names of its
 * inputs, of which the first is looked up. (onnx.proto3, IR version 8, operator set 13.)
 */
export function writeOnnxModel(table: Float32Array, dimensions: number, inputs = ['input_ids', 'attention_mask']): Buffer {
  const rows = table.length / dimensions;
  const tensor = [
    number(1, rows),
    number(1, dimensions),
    number(2, elementFloat),
    text(8, 'table'),
    bytes(9, Buffer.from(table.buffer, table.byteOffset, table.byteLength)),
  ];
  const gather = [text(1, 'table'), text(1, inputs[0]!), text(2, 'last_hidden_state'), text(4, 'Gather')];
  const graph = [
    message(1, gather),
    text(2, 'words'),
    message(5, tensor),
    ...inputs.map((name) => message(11, value(name, elementInt64, ['batch', 'tokens']))),
    message(12, value('last_hidden_state', elementFloat, ['batch', 'tokens', dimensions])),
  ];
  return Buffer.concat([number(1, 8), message(7, graph), message(8, [text(1, ''), number(2, 13)])]);
}

function value(name: string, element: number, shape: (string | number)[]): Buffer[] {
  const dims = shape.map((size) => message(1, [typeof size === 'string' ? text(2, size) : number(1, size)]));
  return [text(1, name), message(2, [message(1, [number(1, element), message(2, dims)])])];
}

function message(field: number, parts: Buffer[]): Buffer {
  return bytes(field, Buffer.concat(parts));
}

function text(field: number, content: string): Buffer {
  return bytes(field, Buffer.from(content));
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | wireBytes), varint(content.length), content]);
}

function number(field: number, content: number): Buffer {
  return Buffer.concat([varint((field << 3) | wireVarint), varint(content)]);
}

function varint(rest: number): Buffer {
  const septets: number[] = [];
  for (; rest > 127; rest = Math.floor(rest / 128)) septets.push((rest % 128) | 128);
  return Buffer.from([...septets, rest]);
}
