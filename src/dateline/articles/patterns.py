"""Patterns of page furniture that carries a name, a number or a headline: data, by signal.

Each pattern must match a whole folded unit (see ``furniture.fold``). There is no nested
repetition, and units are at most a few hundred characters long, so time is bounded. ``OPEN``
patterns are only tried on units that do not end like a sentence, because prose could match them.
"""

from __future__ import annotations

PATTERNS: dict[str, tuple[str, ...]] = {
    "furniture": (
        r"skip to [\w ]{1,30}",
        r"share (?:this|on|via|it on)\b.{0,60}",
        r"(?:click|tap) (?:here|to|on)\b.{0,140}",
        r"subscribe (?:to|now|today|here|for)\b.{0,180}",
        r"sign up (?:for|to|now|here|today)\b.{0,180}",
        r"get (?:our|the|all|daily|unlimited|more)\b.{0,160}"
        r"\b(?:inbox|newsletters?|email alerts?|subscription|notifications?)\b.{0,60}",
        r"join (?:our|us on)\b.{0,100}",
        r"(?:follow|like|find) us (?:on|at|via)\b.{0,120}",
        r"download (?:our|the)\b.{0,60}\bapp\b.{0,60}",
        r"donate (?:to (?:us|our|this)|now|today|here|via)\b.{0,160}",
        r"support (?:our|independent|quality|free|this) (?:journalism|work|website|site"
        r"|reporting)\b"
        r".{0,140}",
        r"help (?:us|keep us|keep this)\b.{0,140}",
        r"(?:this|our) (?:web)?site uses cookies\b.{0,300}",
        r"we (?:and our partners )?(?:use|value|store|collect)\b.{0,40}\b(?:cookies"
        r"|privacy)\b.{0,300}",
        r"by (?:continuing|using|clicking|subscribing|signing|submitting)\b.{0,80}\byou\b.{0,40}"
        r"\b(?:agree|consent|accept)\b.{0,200}",
        r"copyright\b(?=.{0,80}(?:©|\(c\)|\d{4}|reserved)).{0,240}",
        r"(?:©|c\) ?\d{4}|&copy;).{0,240}",
        r"all rights reserved\b.{0,240}",
        r"the (?:views|opinions) expressed\b.{0,80}\b(?:author|article|own|column|here)\b.{0,200}",
        r"this (?:article|story|post|piece|report) (?:was |has been |is )?(?:first"
        r"|originally)\b.{0,20}"
        r"\b(?:published|appeared|posted)\b.{0,160}",
        r"(?:re)?published (?:with|under) (?:the )?(?:permission|licen[cs]e|creative)\b.{0,100}",
        r"(?:tags?|filed under|posted in|categor(?:y|ies)|keywords|hashtags|labels) ?:.{1,300}",
        r"(?:reporting|additional reporting|writing|editing|compiled|edited|translated) by\b"
        r"(?!.{0,200}\b(?:found|finds|shows?|showed|said|says|suggests?|has|had|have)\b).{1,240}",
        r"(?:do|did|have) you (?:like|enjoy|find|liked|enjoyed|found)\b.{0,40}"
        r"\b(?:content|article|story|site|post|tip|typo|error)\b.{0,140}",
        r"(?:please )?consider (?:donating|supporting|helping|subscribing|making a"
        r"|becoming)\b.{0,140}",
        r"please (?:consider|donate|subscribe|share|support|enable|whitelist|disable|log in"
        r"|sign in)\b"
        r".{0,180}",
        r"become a (?:member|subscriber|patron|supporter)\b.{0,120}",
        r"(?:thank you|thanks) for (?:reading|subscribing|visiting|your support)\b.{0,140}",
        r"(?:previous|next|older|newer)(?: (?:post|article|story|page))? ?[:»›→].{0,200}",
        r"(?:views?|shares?|reads?|hits|likes?) ?: ?[\d.,]{1,12}k?",
        r"[\d.,]{1,12}k? (?:views?|shares?|reads?|likes?|min(?:ute)?s? (?:to )?read)",
        r"(?:estimated )?(?:reading|read) time\b.{0,30}",
        r"home ?[|>/»›].{1,200}",
        r"you are here ?:.{0,120}",
        r"(?:please )?(?:enable javascript|javascript is)\b.{0,120}",
        r"your browser (?:does not|doesn't|doesn’t)\b.{0,120}",
        r"suivez[- ]nous\b.{0,80}",
        r"(?:abonnez|inscrivez)[- ]vous\b.{0,120}",
        r"síguenos\b.{0,80}",
        r"подписывайтесь\b.{0,120}",
        r"تابعونا\b.{0,80}",
        r"(?:责任编辑|编辑|来源|责编) ?[:：].{0,60}",
        r"\[(?:continued|end recording|begin recording|text)\]",
        r"for (?:more|further|additional|media) (?:information|details|enquiries|inquiries)"
        r"(?: on this \w{1,12})?[,:]? (?:please )?(?:contact|call|email|e-mail|write to|visit"
        r"|see)\b.{0,200}",
        r"(?:(?:media|press|public) )?(?:contacts?|enquiries|inquiries)(?: (?:information|details"
        r"|for (?:the )?(?:media|press)))? ?:.{0,120}(?:@|\btel\b|\+\d).{0,100}",
        r"(?:tel|telephone|phone|mobile|fax)\.? ?:? ?\+?[\d ()/.-]{6,24}",
        r"(?:this|the) (?:interview|conversation|transcript) (?:has been|was|is)"
        r" (?:lightly |slightly )?(?:edited|condensed|shortened|abridged)\b.{0,40}"
        r"\b(?:brevity|clarity|length|space|style)\b.{0,40}",
        r"(?:this is a )?rush transcript\b.{0,40}\b(?:errors?|mistakes|change|checked|edited"
        r"|shortened|final)\b.{0,80}",
    ),
    "caption": (
        r"pictured(?: (?:above|below|left|right|here))? ?:.{3,300}",
        r"(?:photo(?:graph)?|image|picture|pic|(?:photo|image|picture) (?:credit|source"
        r"|courtesy|by)"
        r"|caption|illustration|screenshot|screengrab|graphic)s? ?[:|/©].{1,300}",
        r"(?:file|archive|stock|handout|representational|representative|illustrative) "
        r"(?:photo|image|picture|photograph)\b.{0,240}",
        r"file ?[-–—:].{4,300}",
        r"(?:in )?this (?:\w{1,20} ){0,3}(?:photo|photograph|frame grab|screengrab|handout)\b"
        r".{0,80}\b(?:shows?|released|provided|taken|made available)\b.{0,240}",
        r"(?:a|an) (?:file|handout|undated|screengrab|frame grab) (?:photo|image"
        r"|picture)\b.{0,240}",
        r"credit ?:.{1,100}",
        r"crédits? ?(?:photo)? ?:.{1,120}",
        r"(?:foto|bild|фото|fotoğraf|صورة|عکس) ?[:：/].{1,200}",
        r"(?:图|图片|摄影|图源) ?[:：/].{1,120}",
    ),
    "aside": (
        r"(?:read|see|watch|related)(?: (?:also|more|next|story|article|reading|video|news"
        r"|coverage))?"
        r" ?[:>»›→|].{2,240}",
        r"(?:also (?:read|see|watch)|(?:recommended|further) reading|don['’]t miss|must read)"
        r" ?[:>»›→|].{2,240}",
        r"(?:lire|voir|à lire) aussi ?[:>»].{2,240}",
        r"(?:lea|lee|ver) (?:también|además|más) ?[:>»].{2,240}",
        r"(?:leia|veja) (?:também|mais) ?[:>»].{2,240}",
        r"leggi anche ?[:>»].{2,240}",
        r"lesen sie (?:auch|dazu) ?[:>»].{2,240}",
        r"читайте также ?[:>»].{2,240}",
        r"(?:اقرأ|إقرأ|شاهد) (?:أيضا|أيضاً|المزيد) ?[:>»].{2,240}",
        r"(?:more|also|earlier|previously) (?:in|from) (?:this|our|the) series ?[:>»›→|].{2,240}",
        r"(?:延伸阅读|相关阅读|推荐阅读|相关新闻) ?[:：].{2,200}",
    ),
    "reply": (
        r"your e-?mail (?:address )?will not be (?:published|shared|made public)\b.{0,160}",
        r"required fields (?:are )?marked\b.{0,60}",
        r"(?:leave|post|write|add|submit) (?:a|your)(?: public| new)? (?:reply|comment|response)"
        r"(?: (?:to|on|below|cancel|here|about|as)\b.{0,120})?",
        r"you must be (?:logged in|registered|signed in) to\b.{0,80}",
        r"(?:please )?(?:log|sign) ?in to (?:leave|post|comment|reply|join)\b.{0,80}",
        r"save my name,? e-?mail\b.{0,120}",
        r"notify me of (?:follow|new)\b.{0,100}",
        r"this site uses akismet\b.{0,160}",
        r"comments? (?:is|are|were|have been) (?:closed|disabled|moderated|turned off"
        r"|off)\b.{0,100}",
        r"be the first to (?:comment|reply|leave)\b.{0,80}",
        r"votre adresse (?:e-?mail|de messagerie) ne sera pas publiée.{0,120}",
        r"deine e-mail-adresse wird nicht veröffentlicht.{0,120}",
        r"tu dirección de correo electrónico no será publicada.{0,120}",
        r"o seu endereço de e-?mail não será publicado.{0,120}",
        r"il tuo indirizzo e-?mail non sarà pubblicato.{0,120}",
        r"ваш (?:адрес )?e-?mail не будет опубликован.{0,120}",
        r"لن يتم نشر عنوان بريدك الإلكتروني.{0,120}",
        r"您的(?:电子)?邮箱(?:地址)?不会被公开.{0,80}",
    ),
    "comments": (
        r"\(?\d{1,6}\)? (?:(?:readers?|users?)['’]?s?['’]? )?comments?"
        r"(?: (?:on|so far|below|for|from readers)\b.{0,160})?",
        r"(?:(?:all|our|your|latest|top|recent|the) )?(?:readers?|users?|visitors?|members?)"
        r"['’]?s?['’]? (?:comments?|views|opinions|reactions|responses|feedback|discussion)"
        r"(?: ?[(:\[|–—-]? ?\d{1,6})?",
        r"what (?:our |the |your |other )?(?:readers|users|visitors|commenters)"
        r" (?:(?:are|have been) )?(?:say|said|saying|think|thought|wrote|write|tell us)"
        r"(?: about this (?:article|story|report))?(?: ?\(\d{1,6})?",
        r"(?:discussion|conversation|reactions|responses|feedback|your (?:say|views|comments))"
        r" ?[(:\[] ?\d{1,6}",
        r"\d{1,6} (?:responses|replies|reactions)(?: to [“\"«].{0,160})?",
        r"(?:one|two|three|\d{1,6}) (?:comments?|thoughts?) on\b.{0,200}",
        r"(?:view|show|see|read|load|hide)(?: all)?(?: the)?(?: more)? ?\(?\d{0,6}\)? ?comments"
        r"(?: ?\(?\d{0,6}\)?)?",
        r"comments? ?[(:\[–—-]? ?\d{1,6}",
        r"(?:commentaires|kommentare|comentarios|comentários|commenti|комментарии|yorumlar"
        r"|التعليقات"
        r"|评论) ?[(:（：] ?\d{1,6}",
        r"(?:what do you think|let us know|tell us|share your (?:thoughts|views|opinion))\b.{0,80}"
        r"\b(?:comments?|below)\b.{0,60}",
    ),
    "author": (r"about (?:the )?author ?[:|].{1,300}",),
    "byline": (
        r"the (?:author|writer) is (?:a|an|the)\b.{1,300}",
        r"(?:written|posted|reported|story|words|text|report|submitted) by\b.{1,100}",
        r"(?:author|reporter|correspondent|writer|journalist|sources?) ?:.{1,120}",
        r"(?:بقلم|كتب|المصدر) ?[:/].{1,100}",
        r"(?:作者|记者) ?[:：].{1,40}",
    ),
}

OPEN: dict[str, tuple[str, ...]] = {
    "furniture": (
        r"(?:(?:media|press|public) )?(?:contacts?|enquiries|inquiries)(?: (?:information|details"
        r"|for (?:the )?(?:media|press)))? ?:.{1,200}",
    ),
    "related": (
        r"more (?:from|on|in|about|by|stories|news|articles)\b.{0,60}",
        r"also (?:from|on|in) (?:this|the)\b.{0,40}",
        r"other (?:stories|news|articles|posts) (?:from|by|you|on|in)\b.{0,60}",
        r"(?:latest|recent|popular|trending|top|most read) (?:from|in|on)\b.{0,40}",
        r"(?:stories|articles|posts) you (?:may|might)\b.{0,40}",
        r"readers (?:also|who liked)\b.{0,40}",
        r"you (?:may|might) also (?:like|enjoy|be interested|want)\b.{0,60}",
    ),
    "caption": (
        r"(?:photo|photograph|image|picture|illustration|video) (?:by|courtesy|credit|via|from)\b"
        r".{1,100}",
        r"undated (?:photo|image|picture|photograph)\b.{0,120}",
    ),
    "byline": (
        r"(?:by|from) our (?:\w{2,15} ){0,2}(?:correspondent|reporter|writer)s?"
        r"(?:,? (?:in|at|on) .{1,40}|, .{1,60}| \w{2,20} \w{2,20})?",
        r"by (?:(?:our|a|the|staff|special|news|web) ){1,3}"
        r"(?:reporter|correspondent|writer|staff|desk|agenc(?:y|ies)|newsroom)s?\b.{0,60}",
    ),
}

AGENCY_CREDIT = (
    r"(?:[^/]{0,240}\b(?:reuters|afp|epa|ap photo|xinhua|anadolu|dpa|file photo|getty images"
    r"|shutterstock|wikimedia commons|flickr)/[^/]{2,60}"
    r"|[^/]{0,240}[\w.'’] ?/ ?(?:reuters|afp|ap|epa|getty images|anadolu|xinhua|dpa|shutterstock"
    r"|flickr|wikimedia commons))"
)
"""A picture agency beside a name, at the end of a caption that is not a sentence."""
