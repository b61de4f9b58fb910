// What a person chose or dropped, as files with their paths.

const MOST_FILES = 1000000;

export const filesOfFolder = (list) => [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

// Folders are read entry by entry. What the browser gives is only there during the event, so it is taken at once.
export async function filesOfDrop(transfer) {
  const entries = [...(transfer.items ?? [])].map((item) => item.webkitGetAsEntry?.() ?? null).filter((entry) => entry !== null);
  if (entries.length === 0) return filesOfFolder(transfer.files);
  const files = [];
  for (const entry of entries) await walk(entry, entry.name, files);
  return files;
}

async function walk(entry, path, files) {
  if (files.length >= MOST_FILES) throw new Error("more files than a log of this kind has");
  if (entry.isFile) {
    files.push({ path, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives a part at a time, and nothing at the end.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await walk(one, `${path}/${one.name}`, files);
  }
}
