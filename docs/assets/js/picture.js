/* A chart as PNG, made where it is read: the drawing with title and source, at twice its size, saved under its name. */

const SCALE = 2;

export async function savePicture(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await answer.text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!picture) throw new Error(`${address}: the browser could not draw it`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(picture);
  link.download = address.slice(address.lastIndexOf("/") + 1).replace(/svg$/, "png");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
