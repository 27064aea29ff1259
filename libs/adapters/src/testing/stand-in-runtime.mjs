// Speaks as much of ONNX as the models of the tests need, for machines without a real runtime: it reads the table of a model whose only
// node is a Gather out of the protobuf, and looks numbers up in it. The same tests run with a real runtime where there is one.
import { readFileSync } from 'node:fs';

class Tensor {
  constructor(type, data, dims) {
    Object.assign(this, { type, data, dims });
  }
}

function fieldsOf(bytes) {
  const fields = [];
  for (let at = 0; at < bytes.length;) {
    const read = () => {
      for (let value = 0, scale = 1; ; scale *= 128) {
        const octet = bytes[at++];
        value += (octet & 127) * scale;
        if (octet < 128) return value;
      }
    };
    const key = read();
    const content = read();
    fields.push([key >> 3, (key & 7) === 0 ? content : bytes.subarray(at, at + content)]);
    if ((key & 7) !== 0) at += content;
  }
  return fields;
}

const all = (fields, number) => fields.filter(([field]) => field === number).map(([, content]) => content);

async function create(path) {
  const [graphBytes] = all(fieldsOf(readFileSync(path)), 7);
  if (!graphBytes) throw new Error('Protobuf parsing failed.');
  const graph = fieldsOf(graphBytes);
  const tensor = fieldsOf(all(graph, 5)[0]);
  const [, dimensions] = all(tensor, 1);
  const raw = all(tensor, 9)[0];
  const table = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  const inputNames = all(graph, 11).map((input) => all(fieldsOf(input), 1)[0].toString());
  return {
    inputNames,
    outputNames: ['last_hidden_state'],
    run: async (inputs) => {
      const { data, dims } = inputs[inputNames[0]];
      const values = new Float32Array(data.length * dimensions);
      data.forEach((row, at) =>
        values.set(table.subarray(Number(row) * dimensions, (Number(row) + 1) * dimensions), at * dimensions),
      );
      return { last_hidden_state: new Tensor('float32', values, [...dims, dimensions]) };
    },
  };
}

export const InferenceSession = { create };
export { Tensor };
export const env = {};
