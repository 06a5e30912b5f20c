// The one script of streamed pages: when the comment behind a chunk has been parsed, the content of the chunk's template
// takes the place of what stands between the boundary's two comments. It runs in the observer's microtask, so in hidden
// tabs too, and sweeps once when the document is complete. Constant, so that a policy can name its hash; at most 600 bytes.

/**
 * Comments `[v` and `v]` stand around a fallback, `v.` behind the template of its content: one that was cut off has no such comment, and is
 * left alone. `data-w`: the content stands in an element (`<svg>`) that only tells the parser where it belongs. `data-e`: the
 * boundary failed; without content its fallback stays and carries the digest.
 */
export const STREAM_SCRIPT =
  "{let d=document,c={childList:!0},f=()=>{d.body&&m.observe(d.body,c);" +
  'for(let t of d.querySelectorAll("template[data-v]")){' +
  "let{v,e,w}=t.dataset,k=t.nextSibling,x=t.content,i=d.createTreeWalker(d,128),o,n,p;" +
  'if(k&&k.data==v+"."){for(;(o=i.nextNode())&&o.data!="["+v;);if(o){' +
  "p=x.firstChild;w!=null&&p.replaceWith(...p.childNodes);" +
  'for(;(n=o.nextSibling)&&n.data!=v+"]";)p?n.remove():(n.dataset&&(n.dataset.e=e),o.before(n));' +
  "p=o.parentNode;n&&n.replaceWith(x);o.remove();t.remove();k.remove();" +
  'e&&p.dispatchEvent(new CustomEvent("velox:boundary-error",{bubbles:!0,detail:e}))' +
  '}}}},m=new MutationObserver(f);m.observe(d.documentElement,c);addEventListener("DOMContentLoaded",()=>{f();m.disconnect()})}';
