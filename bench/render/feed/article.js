/** How an article of the other contestants looks: about as high as ours. */
export const styles = `
.scroller { block-size: 720px; overflow: auto; position: relative; font: 14px/1.45 sans-serif }
article { display: grid; grid-template-columns: 34px 1fr auto; gap: 2px 12px; padding: 12px 16px; border-bottom: 1px solid #ddd; box-sizing: border-box }
.mark { grid-row: 1 / 4; inline-size: 34px; block-size: 34px; border-radius: 50%; background: #ddd; text-align: center }
.title { font-weight: 600 } .message, .meta { grid-column: 2 } .message { color: #555 } .meta { font-size: 13px }
.acts { grid-row: 1 / 4; grid-column: 3 } button { inline-size: 32px; block-size: 32px; border: 0; background: none }
`;

const template = document.createElement('template');
template.innerHTML =
  '<article tabindex="0"><div class="mark"> </div><div class="title"> </div><div class="message"> </div>' +
  '<div class="meta"><time> </time></div><div class="acts"><button>✓</button><button>⏲</button><button>×</button></div></article>';

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** An article drawn by hand, once. */
export function makeArticle(item) {
  const article = template.content.firstElementChild.cloneNode(true);
  const [mark, title, message, meta, acts] = article.children;
  mark.firstChild.data = item.type[0];
  title.firstChild.data = item.title;
  message.firstChild.data = item.message;
  meta.firstChild.firstChild.data = format.format(new Date(item.createdAt));
  for (const button of acts.children) button.ariaLabel = item.title;
  return article;
}
