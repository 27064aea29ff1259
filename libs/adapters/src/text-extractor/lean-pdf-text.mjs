/** What is replaced in pdf.js, as the package `unpdf` ships it (`unpdf/dist/pdfjs.mjs`). */
const slow = 'return Util$1.transform(j.ctm,Util$1.transform(j.textMatrix,t))}';

/** The same product of three matrices, added up in the same order, so that every figure is the same to the last bit. */
const lean = `let m=j.textMatrix,c=j.ctm,w0=m[0]*t[0]+m[2]*t[1],w1=m[1]*t[0]+m[3]*t[1],w2=m[0]*t[2]+m[2]*t[3],w3=m[1]*t[2]+m[3]*t[3],w4=m[0]*t[4]+m[2]*t[5]+m[4],w5=m[1]*t[4]+m[3]*t[5]+m[5];
return[c[0]*w0+c[2]*w1,c[1]*w0+c[3]*w1,c[0]*w2+c[2]*w3,c[1]*w2+c[3]*w3,c[0]*w4+c[2]*w5+c[4],c[1]*w4+c[3]*w5+c[5]]}`;

/**
 * A step of the build (a plugin of Vite): pdf.js asks for the place of each letter several times, and made six arrays for each answer; a fifth
 * of the time for a long text went there. Throws where the package no longer holds what is replaced.
 */
export const leanPdfText = {
  name: 'lean-pdf-text',
  /** @type {(code: string, id: string) => { code: string, map: null } | null} */
  transform(code, id) {
    if (!id.replaceAll('\\', '/').endsWith('/unpdf/dist/pdfjs.mjs')) return null;
    if (code.split(slow).length !== 2) throw new Error('unpdf has changed: look again at lean-pdf-text.ts.');
    return { code: code.replace(slow, () => lean), map: null };
  },
};
