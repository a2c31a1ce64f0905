"""Wordings of page furniture, in several languages: data, one table per signal.

All are short labels that web pages and newswires print around articles. A unit of text must equal
one of them, case and surrounding marks aside; ``/`` separates entries.
"""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "furniture": """
        skip to content / skip to main content / skip to main / skip navigation / skip to
        navigation / jump to content / jump to navigation / skip / back to top / return to top /
        go to top / to the top / scroll to top / menu / main menu / toggle navigation /
        navigation / search / search for / search this site / close / close menu / open menu /
        home / homepage / log in / login / sign in / sign up / register / my account / subscribe
        / subscribe now / follow us / contact / contact us / about us / advertise / advertise
        with us / privacy policy / terms of use / terms of service / terms and conditions /
        cookie policy / cookie settings / manage cookies / accept / accept all / accept cookies
        / accept all cookies / reject all / i agree / got it / advertisement / advertising /
        sponsored / sponsored content / promoted / paid content / partner content / continue
        reading / story continues below / story continues below advertisement / article
        continues below / article continues after advertisement / continue reading below /
        scroll to continue / keep reading / read more / read full story / read the full story /
        learn more / find out more / show more / load more / see more / view all / see all /
        share / share this / share this article / share this story / share this post / share it
        / tweet / retweet / email / e-mail / print / print this page / print this article /
        facebook / twitter / whatsapp / telegram / linkedin / reddit / pinterest / messenger /
        instagram / youtube / viber / vk / copy link / link copied / copy url / save / save for
        later / bookmark / listen / listen to this article / download / donate / donate now /
        support us / support our work / help us / newsletter / newsletters / rss / previous /
        next / previous article / next article / previous post / next post / older posts / newer
        posts / report an error / report a typo / corrections / suggest a correction / -30- /
        all rights reserved / loading / click here / text size / font size / a a a / breaking /
        breaking news / tags / topics / filed under / categories / category / share article /
        gift this article / print friendly / rate this article / partager / s'abonner / imprimer
        / publicité / accueil / aller au contenu / haut de page / retour en haut / teilen /
        drucken / anzeige / werbung / startseite / zum inhalt springen / nach oben / compartir /
        imprimir / publicidad / inicio / saltar al contenido / volver arriba / suscríbete /
        compartilhar / publicidade / ir para o conteúdo / voltar ao topo / condividi / stampa /
        pubblicità / torna su / vai al contenuto / поделиться / печать / реклама / главная /
        наверх / paylaş / yazdır / reklam / ana sayfa / مشاركة / شارك / طباعة / إعلان / الرئيسية
        / القائمة / بحث / الانتقال إلى المحتوى / العودة إلى الأعلى / اشترك / تابعنا / اشتراک
        گذاری / چاپ / صفحه اصلی / جستجو / 分享 / 打印 / 广告 / 首页 / 返回顶部 / 跳到内容 /
        跳至内容 / 搜索 / 菜单 / 登录 / 注册 / 下一篇 / 上一篇 / 回到顶部 / シェア / 印刷 / 広告
        / ホーム / -end- / ends here / media
        contact / media contacts / press contact / press contacts / contact information / contact
        details / media enquiries / media inquiries / press enquiries / press inquiries
    """,
    "caption": """
        representational photo / representational image / representative image / representative
        photo / representation photo / representational picture / file photo / file image / file
        picture / file footage / photo / image / photo credit / image credit / illustrative
        photo / illustrative image / illustration / archive photo / archive image / archival
        photo / stock photo / stock image / undated photo / photo illustration / handout /
        handout photo / courtesy photo / courtesy image / screenshot / screengrab / getty images
        / image for representation / photo for representation / image for representational
        purpose / image for representational purposes only / symbolic photo / photo
        d'illustration / image d'illustration / photo d'archives / symbolbild / archivbild /
        archivfoto / foto de archivo / imagen de archivo / imagem ilustrativa / foto de arquivo
        / foto d'archivio / архивное фото / иллюстрация / фото / temsili fotoğraf / arşiv / صورة
        أرشيفية / صورة توضيحية / أرشيفية / أرشيف / عکس آرشیوی / 资料图 / 资料图片 / 图片 /
        示意图 / 資料写真
    """,
    "aside": """
        read also / also read / see also / read next / read more on this / also see / watch also
        / watch / recommended reading / further reading / lire aussi / à lire aussi / voir aussi
        / lesen sie auch / auch interessant / lea también / lee también / ver también / te puede
        interesar / leia também / veja também / leggi anche / читайте также / смотрите также /
        ayrıca bakınız / bunları da okuyun / اقرأ أيضا / اقرأ أيضاً / إقرأ أيضا / شاهد أيضا /
        اقرأ المزيد / بیشتر بخوانید / همچنین بخوانید / 另请参阅 / 延伸阅读 / 推荐阅读 / 相关阅读
    """,
    "related": """
        in this series / more in this series / also in this series / previously in this series /
        the series so far / related / related articles / related article / related
        stories / related story / related
        news / related posts / related post / related content / related topics / related links /
        related coverage / related reading / you may also like / you might also like / you may
        like / you might like / you may also be interested in / you might also be interested in
        / recommended / recommended for you / recommended stories / recommended articles / more
        stories / more news / more articles / other news / other stories / other articles /
        latest news / latest stories / latest articles / latest posts / recent posts / recent
        articles / recent news / recent stories / most read / most popular / most viewed / most
        commented / most shared / popular posts / popular articles / popular stories / popular
        now / trending / trending now / trending news / top stories / top news / top headlines /
        in other news / editor's picks / editors' picks / editor's choice / editor’s picks /
        editors’ picks / don't miss / don’t miss / must read / must reads / what to read next /
        up next / more to read / more to explore / more in this section / in this section / also
        on this site / around the web / from the web / from around the web / promoted stories /
        sponsored stories / more like this / similar articles / similar stories / similar news /
        similar posts / keep exploring / explore more / further coverage / more headlines /
        today's headlines / articles liés / articles similaires / sur le même sujet / les plus
        lus / mehr zum thema / ähnliche artikel / meistgelesen / verwandte artikel / noticias
        relacionadas / artículos relacionados / más leídas / lo más leído / notas relacionadas /
        notícias relacionadas / artigos relacionados / mais lidas / articoli correlati / più
        letti / похожие статьи / по теме / материалы по теме / популярное / ilgili haberler /
        benzer haberler / son haberler / en çok okunanlar / مقالات ذات صلة / أخبار ذات صلة /
        مواضيع ذات صلة / الأكثر قراءة / آخر الأخبار / أخبار متعلقة / قد يعجبك أيضا / مواضيع
        متعلقة / مطالب مرتبط / اخبار مرتبط / پربازدیدترین / 相关新闻 / 相关文章 / 相关链接 /
        热门新闻 / 热门文章 / 最新新闻 / 更多新闻 / 猜你喜欢 / 関連記事 / 関連ニュース
    """,
    "reply": """
        your email address will not be published / leave a reply / leave a comment / leave
        your comment / leave a response / post a comment / post your comment / post comment
        / post a reply / submit a comment / submit comment / write a comment / add a comment
        / add your comment / add comment / add new comment / write a reply / cancel reply /
        leave a reply cancel reply / join the conversation / join the discussion / start the
        conversation / start the discussion / have your say / save my name, email, and
        website in this browser for the next time i comment / be the first to comment / be
        the first to comment on this article / no comments yet / comments are closed /
        comments closed / comments are disabled / comments are off for this post / log in to
        comment / sign in to comment / login to comment / laisser un commentaire / laisser
        une réponse / votre adresse e-mail ne sera pas publiée / schreibe einen kommentar /
        kommentar schreiben / kommentar hinterlassen / antworten abbrechen / deja una
        respuesta / deja un comentario / dejar un comentario / tu dirección de correo
        electrónico no será publicada / deixe um comentário / deixe uma resposta / lascia un
        commento / добавить комментарий / оставить комментарий / bir cevap yazın / yorum yap
        / yorum yaz / اترك تعليقا / اترك تعليقاً / اترك رد / اترك ردا / أضف تعليق / أضف
        تعليقا / لن يتم نشر عنوان بريدك الإلكتروني / ارسال دیدگاه / دیدگاهتان را بنویسید /
        ارسال نظر / 发表评论 / 发表回复 / 发布评论 / 写评论 / 我要评论 /
        コメントを残す / required fields are marked
    """,
    "comments": """
        comment / comments / reader comments / readers' comments / readers’ comments / user
        comments / reader's comments / your comments / latest comments / top comments / best
        comments / featured comments / selected comments / comments from readers / comments from
        our readers / comments by readers / comments on this article / comments on this story /
        from the comments / readers' views / readers’ views / readers' reactions / readers’
        reactions / reader reactions / reader responses / readers respond / readers react /
        readers write / readers say / all comments / view comments / show comments /
        hide comments / see comments /
        read comments / load comments / facebook comments / disqus / comment section / comments
        section / no comments / commentaires / kommentare / leserkommentare / comentarios /
        comentários / commenti / комментарии / yorumlar / التعليقات / تعليقات / تعليقات القراء /
        نظرات / دیدگاه‌ها / 评论 / 网友评论 / 全部评论 / コメント
    """,
    "answer": """
        reply / reply to this comment / like reply / like · reply / reply · like / reply like /
        reply share / reply report / report comment / upvote / log in to reply / flag / répondre
        / antworten / responder / responde / ответить / yanıtla / cevapla / رد / پاسخ / 回复 /
        rispondi
    """,
    "author": """
        notes to editors / notes for editors / note to editors / note for editors / notes to the
        editor / editors' notes / about the author / about the authors / about author /
        about the writer / author bio / à
        propos de l'auteur / über den autor / sobre el autor / sobre o autor / об авторе / نبذة
        عن الكاتب / عن الكاتب / 关于作者 / 作者简介
    """,
    "byline": """
        staff writer / staff writers / staff reporter / staff / staff report / our correspondent
        / our staff reporter / news desk / web desk / newsroom / news agency / agencies /
        correspondent / special correspondent / by staff writer / by our correspondent / by
        agencies / editorial staff / editorial board / reuters / afp / ap / associated press /
        the associated press / agence france-presse / upi / dpa / efe / xinhua / ansa / tass /
        interfax / anadolu agency / with agencies / with wire reports / wire report / updated /
        published / posted / وكالات / 新华社 / 记者 / 编辑
    """,
}

TIME_WORDS = """
    january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
    saturday sunday mon tue tues wed thu thur thurs fri sat sun am pm a p m at on of the st nd
    rd th gmt utc est edt cet cest pst pdt ist bst msk ast z t h hrs hours hour ago minutes
    minute mins min days day weeks week months month years year yesterday today just now local
    time date published updated posted issued released broadcast
    aired recorded filed transmitted reporting period covering from to until last modified
    first created edited update publication
    janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre
    décembre le à lundi mardi mercredi jeudi vendredi samedi dimanche publié mis jour il y
    heures jours januar februar märz juni juli oktober dezember uhr um den montag dienstag
    mittwoch donnerstag freitag samstag sonntag vor stunden tagen enero febrero marzo abril mayo
    junio julio agosto septiembre octubre noviembre diciembre de del el lunes martes miércoles
    jueves viernes sábado domingo hace horas días janeiro fevereiro março maio junho julho
    setembro outubro novembro dezembro января февраля марта апреля мая июня июля августа
    сентября октября ноября декабря назад ocak şubat nisan mayıs haziran temmuz ağustos eylül
    ekim kasım aralık önce saat gün يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر
    أكتوبر نوفمبر ديسمبر الساعة تاريخ النشر منذ الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة
    السبت ساعة يوم أيام ساعات دقيقة 年 月 日 时 分 年前 月前 天前 小时前 分钟前 发布时间 发布于
    更新时间
"""
