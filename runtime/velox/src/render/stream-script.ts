// The one script of streamed pages: when the comment behind a chunk has been parsed, the content of the chunk's template
// takes the place of what stands between the boundary's two comments. It runs in the observer's microtask, so in hidden
// tabs too, and sweeps once when the document is complete. Constant, so that a policy can name its hash; at most 600 bytes.

/**
 * Comments `[v` and `v]` stand around a fallback, `v.` behind the content: one that was cut off has no such comment, and is left
 * alone. Content of an `<svg>` comes in an `<svg>` in place of a template. `data-e`: the boundary failed; without content its fallback
 * stays and carries the digest. The root element is taken before the page has any HTML of a user: names of elements can hide what
 * `document` has, but nothing of an element.
 */
export const STREAM_SCRIPT =
  "{let h=document.lastChild,c={childList:1},f=()=>{m.observe(h.lastChild,c);" +
  'for(let t of h.querySelectorAll("[data-v]")){' +
  "let{dataset:{v,e},content:x=t,nextSibling:k}=t,o,n,p;" +
  "if(k?.data==v+\".\"&&(o=new XPathEvaluator().evaluate(\"//comment()[.='[\"+v+\"']\",h).iterateNext())){" +
  "p=x.firstChild||!e;" +
  'for(n=o;(n=(p?o:n).nextSibling)&&n.data!=v+"]";)p?n.remove():(n.dataset||{}).e=e;' +
  'n?.replaceWith(...x.childNodes);e&&o.dispatchEvent(new CustomEvent("velox:boundary-error",{bubbles:1,detail:e}));' +
  "for(n of[o,t,k])n.remove()" +
  '}}},m=new MutationObserver(f);m.observe(h,c);addEventListener("DOMContentLoaded",f)}';
