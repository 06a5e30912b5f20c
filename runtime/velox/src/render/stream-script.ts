// The one script of streamed pages: when the comment behind a chunk has been parsed, the content of the chunk's template
// takes the place of what stands between the boundary's two comments. It runs in the observer's microtask, so in hidden
// tabs too, and sweeps once when the document is complete. Constant, so that a policy can name its hash; at most 600 bytes.

/**
 * Comments `[v` and `v]` stand around a fallback, `v.` behind the template of its content: one that was cut off has no such comment, and is
 * left alone. `data-w`: the content stands in an element (`<svg>`) that only tells the parser where it belongs. `data-e`: the
 * boundary failed; without content its fallback stays and carries the digest.
 */
export const STREAM_SCRIPT =
  "{let d=document,f=()=>{m.observe(d.body||d.lastChild,{childList:1});" +
  'for(let t of d.querySelectorAll("[data-v]")){' +
  "let{dataset:{v,e,w},content:x,nextSibling:k}=t,o,n,p;" +
  "if(k?.data==v+\".\"&&(o=d.evaluate(\"//comment()[.='[\"+v+\"']\",d).iterateNext())){" +
  "p=x.firstChild||!e;w&&p.replaceWith(...p.childNodes);" +
  'for(n=o;(n=(p?o:n).nextSibling)&&n.data!=v+"]";)p?n.remove():(n.dataset||{}).e=e;' +
  'n?.replaceWith(x);e&&o.dispatchEvent(new CustomEvent("velox:boundary-error",{bubbles:1,detail:e}));' +
  "for(n of[o,t,k])n.remove()" +
  '}}},m=new MutationObserver(f);f();addEventListener("DOMContentLoaded",()=>{f();m.disconnect()})}';
