/** A file for an archive; `path` is relative and at most 100 bytes long. */
export type ArchiveFile = { path: string; content: Buffer | string; mode: number; uid?: number; gid?: number };

const BLOCK_BYTES = 512;

/** A tar archive (POSIX ustar) of plain files; equal files make equal bytes. */
export function tar(files: ArchiveFile[]): Buffer {
  const entries = files.flatMap((file) => {
    const content = Buffer.from(file.content as string);
    const padding = Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES);
    return [header(file, content.length), content, padding];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK_BYTES)]);
}

function header({ path, mode, uid = 0, gid = 0 }: ArchiveFile, sizeBytes: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new RangeError(`${path} is too long for an archive`);
  const block = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(path, 0);
  block.write(octal(mode, 7), 100);
  block.write(octal(uid, 7), 108);
  block.write(octal(gid, 7), 116);
  block.write(octal(sizeBytes, 11), 124);
  block.write(octal(0, 11), 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return block;
}
