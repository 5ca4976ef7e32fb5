import type { FastifyReply } from 'fastify';
import type { Markup, Paper } from '#gates/module.ts';

export function sendMarkup(reply: FastifyReply, { name, xml }: Markup): FastifyReply {
  return reply
    .type('application/xml; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.xml"`)
    .send(xml);
}

export async function sendPaper(reply: FastifyReply, paper: Paper): Promise<FastifyReply> {
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${paper.name}.pdf"`)
    .send(await draw(paper));
}

// A4 in points, and a grid that all of it stands on.
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 539, 56, 770];
const MIDDLE = 330;
const FIGURES = 92;
const [INK, QUIET, LINE] = ['#1a1f26', '#5a6472', '#cfd5dc'];

/** Draws a page, or as many as its rows need. The same paper gives the same bytes. */
export async function draw(paper: Paper): Promise<Buffer> {
  // Read in when first drawn with: fonts and their compression are a fifth of what every command would read in.
  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: paper.language,
    displayTitle: true,
    info: {
      Title: paper.title,
      Author: latin(paper.from[0] ?? ''),
      CreationDate: paper.made,
      ModDate: paper.made,
    },
  });
  const parts: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const page = new Page(pdf);
  page.head(paper);
  page.table(paper);
  page.sums(paper);
  pdf.end();
  await done;
  return Buffer.concat(parts);
}

/** The standard fonts of PDF write Western Europe; a letter they lack is written without its mark, or left out. */
function latin(text: string): string {
  return [...text.normalize('NFC')]
    .map((sign) =>
      WINDOWS.test(sign) ? sign : sign.normalize('NFD').replace(/[^\u0020-\u007e]/g, '') || '?',
    )
    .join('');
}

const WINDOWS = /^[\u0020-\u007e\u00a0-\u00ff–—‘’“”•…€œŒšŠžŽŸ]$/u;

class Page {
  readonly #pdf: PDFKit.PDFDocument;
  #y = TOP;

  constructor(pdf: PDFKit.PDFDocument) {
    this.#pdf = pdf;
  }

  head({ title, notice, from, to, facts }: Paper): void {
    if (notice !== undefined) {
      this.#pdf.rect(LEFT, this.#y, RIGHT - LEFT, 24).fill('#fdf0d5');
      this.#write(notice, LEFT + 10, { y: this.#y + 7, size: 9, ink: '#6b4a00' });
      this.#y += 40;
    }
    this.#write(title, LEFT, { size: 22, bold: true });
    const top = this.#y + 46;
    this.#lines(from, MIDDLE, this.#y + 6);
    const receiver = this.#lines(to, LEFT, top);
    let y = Math.max(top + 14 * Math.max(from.length - 2, 0), top);
    for (const [label, value] of facts) {
      this.#write(label, MIDDLE, { y, size: 9, ink: QUIET });
      this.#write(value, MIDDLE + 90, { y, size: 9.5, width: RIGHT - MIDDLE - 90 });
      y += 15;
    }
    this.#y = Math.max(y, receiver) + 28;
  }

  table({ head, rows }: Paper): void {
    this.#row(head, { size: 8.5, ink: QUIET });
    this.#rule();
    for (const row of rows) {
      if (this.#y > BOTTOM - 40) this.#next();
      this.#row(row, { size: 10 });
    }
    this.#rule();
  }

  sums({ sums, total, payment }: Paper): void {
    if (this.#y > BOTTOM - 60 - 16 * (sums.length + payment.length)) this.#next();
    for (const [label, value] of sums) this.#sum(label, value, { size: 10, ink: QUIET });
    this.#y += 4;
    this.#sum(total[0], total[1], { size: 12, bold: true });
    this.#y += 30;
    if (payment.length === 0) return;
    const height = 20 + 17 * payment.length;
    this.#pdf.roundedRect(LEFT, this.#y, RIGHT - LEFT, height, 4).fill('#f2f5f8');
    let y = this.#y + 12;
    for (const [label, value] of payment) {
      this.#write(label, LEFT + 14, { y, size: 9, ink: QUIET });
      this.#write(value, LEFT + 150, { y, size: 10 });
      y += 17;
    }
    this.#y += height;
  }

  #sum(label: string, value: string, look: Look): void {
    this.#write(label, MIDDLE, look);
    this.#write(value, RIGHT - FIGURES, { ...look, width: FIGURES, align: 'right' });
    this.#y += look.size + 7;
  }

  #row(cells: readonly string[], look: Look): void {
    const [words = '', ...figures] = cells;
    const first = RIGHT - FIGURES * figures.length;
    figures.forEach((text, at) => {
      this.#write(text, first + FIGURES * at, { ...look, width: FIGURES, align: 'right' });
    });
    const width = first - LEFT - 12;
    this.#write(words, LEFT, { ...look, width });
    this.#pdf.fontSize(look.size);
    this.#y += Math.max(this.#pdf.heightOfString(latin(words), { width }), look.size) + 8;
  }

  #rule(): void {
    this.#pdf.moveTo(LEFT, this.#y).lineTo(RIGHT, this.#y).lineWidth(0.75).stroke(LINE);
    this.#y += 10;
  }

  #next(): void {
    this.#pdf.addPage();
    this.#y = TOP;
  }

  #lines(lines: readonly string[], x: number, from: number): number {
    let y = from;
    lines.forEach((line, at) => {
      this.#write(line, x, {
        y,
        size: at === 0 ? 10.5 : 9.5,
        bold: at === 0,
        ink: at === 0 ? INK : QUIET,
        width: 210,
      });
      y += 14;
    });
    return y;
  }

  #write(
    text: string,
    x: number,
    { y = this.#y, size, bold, ink = INK, width, align }: Look & { y?: number },
  ): void {
    this.#pdf
      .font(bold === true ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .fillColor(ink)
      .text(latin(text), x, y, { width, align, lineBreak: width !== undefined });
  }
}

interface Look {
  readonly size: number;
  readonly bold?: boolean;
  readonly ink?: string;
  readonly width?: number;
  readonly align?: 'right';
}
