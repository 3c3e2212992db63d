"""The elements of HTML, SVG and MathML: https://html.spec.whatwg.org/multipage/indices.html#elements-3."""

KNOWN = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div
    dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
    html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu
    menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext
    portal pre progress q rb rbc rp rt rtc ruby s samp script search section select shadow slot small source spacer span
    strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul
    var video wbr xmp
    animate animatemotion animatetransform circle clippath cursor defs desc discard ellipse feblend fecolormatrix
    feflood fegaussianblur filter foreignobject g glyph hatch line lineargradient marker mask metadata mpath path
    pattern polygon polyline radialgradient rect set stop switch symbol text textpath tref tspan unknown use view
    annotation maction maligngroup malignmark menclose merror mfenced mfrac mglyph mi mlongdiv mmultiscripts mn mo mover
    mpadded mphantom mroot mrow ms mscarries msgroup mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext
    mtr munder munderover semantics none
    """.split()  # noqa: SIM905
)
