import { crc32 } from 'node:zlib';

/** Packs entries into a zip without compression (PKWARE APPNOTE 6.3.10, method 0). Names must be below 64 KiB, all of it below 4 GiB. */
export function writeStoredZip(entries: Map<string, Uint8Array>): Buffer {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, data] of entries) {
    const fields = { name: Buffer.from(name), size: data.length, checksum: crc32(data), offset };
    const head = Buffer.concat([localHeader(fields), fields.name]);
    parts.push(head, data);
    directory.push(directoryHeader(fields), fields.name);
    offset += head.length + data.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...parts, listing, endOfDirectory(entries.size, listing.length, offset)]);
}

interface EntryFields {
  name: Buffer;
  size: number;
  checksum: number;
  offset: number;
}

const utf8Names = 0x0800;

function localHeader(fields: EntryFields): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeShared(header, 4, fields);
  return header;
}

function directoryHeader(fields: EntryFields): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  writeShared(header, 6, fields);
  header.writeUInt32LE(fields.offset, 42);
  return header;
}

/** The run of fields that both headers hold: version, flags, method, time, checksum, sizes, length of the name. */
function writeShared(header: Buffer, at: number, fields: EntryFields): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(utf8Names, at + 2);
  header.writeUInt32LE(fields.checksum, at + 10);
  header.writeUInt32LE(fields.size, at + 14);
  header.writeUInt32LE(fields.size, at + 18);
  header.writeUInt16LE(fields.name.length, at + 22);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
