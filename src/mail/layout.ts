import { html } from 'hono/html'
import { oneLine } from '../lib/one-line.ts'

/** What every mail of ours is made of. The words are plain text; one link at most, and only where it is one step of something. */
type MailWords = {
  /** SITE_URL. */
  site: string
  /** The fact, also the heading. */
  subject: string
  /** Who is meant, what happened, what to do. */
  paragraphs: string[]
  link?: { text: string; url: string } | undefined
  /** What one needs to know after the link. */
  afterwards?: string[]
  /** When, from where, with what: names and values. */
  facts?: [name: string, value: string][]
  /** “Not you?”, and why this came. */
  foot: string
}

/**
 * A mail twice: text, with the link alone on its line and all else in lines of at most 78 characters, and minimal HTML (D14).
 * Words of strangers in it can't break a line, and no address but the link can be clicked or stand alone.
 */
export function mailBody(words: MailWords): { subject: string; text: string; html: string } {
  const host = new URL(words.site).host
  const plain = {
    subject: quiet(words.subject),
    paragraphs: words.paragraphs.map(quiet),
    afterwards: (words.afterwards ?? []).map(quiet),
    facts: (words.facts ?? []).map(([name, value]) => `${quiet(name)}: ${quiet(value)}`),
    foot: quiet(words.foot),
  }
  return { subject: plain.subject, text: textOf(host, plain, words.link), html: htmlOf(host, plain, words.link) }
}

type Plain = { subject: string; paragraphs: string[]; afterwards: string[]; facts: string[]; foot: string }

/** Mail programs make a link of whatever looks like one. */
const quiet = (text: string): string => oneLine(text).replaceAll('://', ': //')

function textOf(host: string, { subject, paragraphs, afterwards, facts, foot }: Plain, link: MailWords['link']): string {
  const parts = [
    wrapped(subject),
    ...paragraphs.map(wrapped),
    ...(link ? [`${wrapped(`${quiet(link.text)}:`)}\n${link.url}`] : []),
    ...afterwards.map(wrapped),
    ...(facts.length > 0 ? [facts.map(wrapped).join('\n')] : []),
    `--\n${host}, kept by Wheelkeep\n${wrapped(foot)}`,
  ]
  return `${parts.join('\n\n')}\n`
}

/** Lines of at most 78 characters, cut at spaces; a longer word has a line of its own. */
function wrapped(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= 78) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}

/** Styles are inline because mail programs drop the rest; colours are the light tokens as hex. */
function htmlOf(host: string, { subject, paragraphs, afterwards, facts, foot }: Plain, link: MailWords['link']): string {
  const paragraph = (text: string) => html`<p style="margin:0 0 14px">${text}</p>`
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px 16px;background:#fbfaf7;color:#201d19;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<main style="max-width:34rem;margin:0 auto">
<p style="margin:0 0 20px;font-weight:700;letter-spacing:-.02em">Wheelkeep <span style="font-weight:400;color:#5b5650">${host}</span></p>
<div style="background:#ffffff;border:1px solid #dedad3;border-radius:8px;padding:24px 24px 10px">
<h1 style="margin:0 0 14px;font-size:22px;line-height:1.25;letter-spacing:-.01em">${subject}</h1>
${paragraphs.map(paragraph)}
${link && html`<p style="margin:0 0 14px"><a href="${link.url}" style="${buttonStyle}">${quiet(link.text)}</a></p>`}
${afterwards.map(paragraph)}
${facts.map((fact) => html`<p style="margin:0 0 6px;font-size:14px;color:#5b5650">${fact}</p>`)}
</div>
<p style="margin:20px 0 0;font-size:13px;color:#5b5650">${foot}</p>
</main>
</body>
</html>
`)
}

const buttonStyle =
  'display:inline-block;background:#0a5a6c;color:#ffffff;padding:10px 18px;border-radius:6px;text-decoration:none;font-weight:600'
