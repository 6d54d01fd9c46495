"""The keywords of the policy language: Japanese and English, one to one."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword: the English word is its name in code."""

    en: str
    ja: str
    help_ja: str
    help_en: str


_TABLE = """
title            通達            通達の題名。                               the circular's title
en               英              英語での呼び方。                           the name in English
ja               和              日本語の文。                               the sentence in Japanese
issued           発出            発出の日・者・番号。                       date, issuer and number of issue
day              日              日付(印字のまま)。型としては「日」。       a date as printed; as a type, a calendar day
issuer           者              発出者。                                   who issued it
number           番号            文書番号。                                 the document's number
addressees       宛先            宛先。                                     to whom it is addressed
scope            適用範囲        適用される組織の範囲。                     which bodies it binds
body_kinds       組織の種別      組織の種別。                               kinds of body
effect           有効期間        通達の効力の期間。                         the period of effect
kind             種別            一種・二種などの区分(印字のまま)。         the printed class (opaque)
from             から            始まり。                                   the start
until            まで            終わり(その日を含む)。                     the end, that day included
retention        原議保存期間    原議の保存期間。                           how long the original is kept
years            年              年数。                                     a number of years
other_numbers    ほかの番号      連名の通達の、二つ目からの番号。             further numbers of a joint circular
repeals          廃止            この通達が廃止する通達。                   circulars that this one repeals
amends           改正            この通達が改正する通達。                   circulars that this one amends
cites            参照            この通達が引く通達や法令。                  circulars and statutes that this one cites
heading          題              引用する通達の題名。                       the title of the circular cited
after_end        失効後          効力を失った後も残るもの。                 what outlives the effect
surviving        存続            残る規範の id。                            the norms that survive
start            起点            数え始める事実。                           the fact from which time is counted
reading          読み            解釈の側(「解釈/側」)。                    a side of a reading ("reading/side")
caveats          留意            どの答えにも付ける、通達全体に係る解釈。     readings shown with every answer while open
transitions      経過措置        前の版で始まった一件をこの版に移す定め。     which cases of an earlier issue go on under this one
earlier          前の発出日      移される一件がよる、前の版の発出日。         the day of issue of the earlier issue
ending           移して終わる    移すと終わる用語、規範、解釈、事象。         facts, norms, readings, events that end with the move
encoding         符号化          符号化の改訂。                             the revision of the encoding
revision         改訂            改訂番号。                                 the revision's number
note             内容            改訂の内容。                               what the revision changed
terms            用語            事実の語彙。                               the vocabulary of facts
concepts         語              定義・尺度のない語・開かれた語。           definitions, words without measure, open words
clocks           時計            期間と時間帯。                             periods and daily windows
name             名              日本語での呼び方。                         the name in Japanese
type             型              値の型。                                   the type of its value
question         問              この事実を尋ねる文。                       the sentence that asks for it
answered_by      答える人        答えられる人。                             who can answer
changeable       変えられる      いつまで変えられるか。                     until when it can be changed
changed_by       変える人        変えることができる人(行為者でないとき)。   whose it is to change, if not the actor's
presumed         特記なければ    求められたときだけ使う推定。               the value presumed on request only
derived          算出            与えられないときの求め方。                 how it is computed when not supplied
before_act       実施前          行為の前まで変えられる。                   until the act
anytime          いつでも        いつでも変えられる。                       at any time
never            変えられない    変えられない。                             not at all
truth            真偽            はい・いいえ。                             yes or no
moment           日時            日と時刻。                                 a day and a time
time             時刻            時刻。                                     a time of day
text             文字列          自由な文字。                               free words
person           人              人(氏名・番号)。                           a person (name or number)
post             職              職(完全一致)。                             a post (exact match)
rank             階級            階級(上下がある)。                         a rank (ordered)
choice           選択            選択肢。                                   named options
other            他              その他の値を許すか。                       whether other values are allowed
integer          整数            整数と単位。                               a whole number and its unit
length           期間            時間の長さ。                               a length of time
records          記録            記録の一覧。                               a list of records
unit             単位            数の単位、又は判断の単位。                 a number's unit, or what is judged one by one
low              下限            最小値。                                   the least value
high             上限            最大値。                                   the greatest value
provision        条項            通達の条項。                               the provision encoded
met              当たる          当たる場合。                               when the concept is met
open             分かれる        読みによって分かれる場合。                 cases that depend on a reading
when             場合            適用される場合。                           when it applies
point            論点            どの解釈のどの側なら当たるか。             the reading's side on which it is met
counting         数え方          期間の数え方。                             the counting rule
extent           長さ            期間の長さ。                               how long
end              終わり          終わりの日。                               the last day
daily            毎日            毎日の時間帯。                             a daily window
inclusive        起算            初日を数える(起算して)。                   the first day counts
exclusive        初日不算入      初日を数えない。                           the first day does not count
instant          即時            時・分で直ちに数える。                     hours and minutes run at once
norms            規範            規範。                                     norms
id               id              識別子(英数字)。                           the identifier (ASCII)
force            力              規範の力。                                 how the norm binds
duty             義務            しなければならない。                       must
ban              禁止            してはならない。                           must not
permission       許可            することができる。                         may
discretion       裁量            判断に委ねる。                             left to someone's judgement
effort           努力            努める。                                   shall endeavour
consideration    配慮            配慮する。                                 shall consider
establishment    設置            置く。                                     is established
ex_officio       充て職          充てる。                                   is held ex officio
limits           限る            ほかを閉ざす許可。                         a permission that closes the rest
bearer           名宛            規範の名宛人。                             whom the norm binds
judged_on        基準日          規範を判断する日の用語。                   the term for the norm's own day
act              行為            行為。                                     the act
act_day          行為の日        行為の日の用語(なければ判断日とみる)。       the term for the day of the act
must             要件            満たすべきこと。                           what must hold
except           ただし          規範を外す例外。                           exceptions that lift the norm
due              期限            後でする義務の期限。                       when a later duty is due
within           内              期間・時間帯の内。                         within a clock
before           前              期間の始まる前。                           before a clock starts
after            後              期間の終わった後。                         after a clock has ended
met_at           果たした時      義務を果たした時。                         when the duty was met
unstated         定めなし        期限の定めがない。                         no time is given
summary          要約            自分の言葉での要約。                       a summary in our own words
all              すべて          すべて。                                   all of
any              いずれか        いずれか。                                 any of
not              否              でない。                                   not
broken           破る            規範が破られている(いずれか)。             one of the norms is broken
kept             満たす          規範が満たされている(すべて)。             all the norms are kept
different        別人            互いに別の人である。                       are different persons
same             同人            同じ人である。                             are the same person
at_least         以上            以上。                                     at least
at_most          以下            以下。                                     at most
less_than        未満            未満。                                     less than
more_than        超              超える。                                   more than
other_than       以外            以外。                                     other than
presence         有無            あるか、ないか。                           whether there is one
present          あり            ある。                                     there is one
absent           なし            ない。                                     there is none
each             どれも          どの記録についても。                       for each record
some             どれか          いずれかの記録について。                   for some record
judgements       判断            判断。                                     judgements
readings         解釈            解釈の分かれる箇所。                       open readings
issue            争点            何が分かれているか。                       what is in question
taken            採る            採る側。                                   the side taken
undecided        未定            まだ決めない。                             not decided
decided_by       決めた者        決めた者。                                 who decided
decided_on       決めた日        決めた日。                                 when it was decided
ledger           台帳            各文の扱い。                               what became of each sentence
whole            全文            台帳の文の数と指紋。                       the count and fingerprint of all sentences
sentences        文              文の数。                                   how many sentences there are
sentence         文番号          条項の中の文の番号(見出しは0)。            the sentence's number in its provision (0: heading)
role             役              文の役割。                                 what the sentence does in its provision
digest           指紋            文の指紋(sha256)。                         the sentence's fingerprint (sha256)
treatment        扱い            文の扱い。                                 what became of the sentence
carried_by       先              文を担う規範・用語・語などの名。           the norms, terms and the like that carry it
main_text        本文            本文。                                     the main sentence
proviso          ただし書        ただし書。                                 a proviso
addendum         なお書          なお書。                                   a note
latter           後段            後段。                                     a latter sentence
caption          見出し          見出し。                                   a heading
table_row        表              表の行。                                   a row of a table
form_row         様式欄          様式の欄。                                 a row of a form
closing          結び            結び。                                     the closing
header           頭書            頭書(番号、日付、期間など)。               a line of the header
definition       定義            定義。                                     a definition
background       趣旨            趣旨・背景。                               purpose or background
form             様式            様式。                                     part of a form
not_supplied     未提供          別紙などが示されていない。                 an annex not supplied
recheck          要確認          本文が改められたので見直す。               reworded or new: to be looked at again
waived           免除            符号化しないと決めたもの。                 decided not to encode
person_deciding  決めた人        免除を決めた人。                           the person who waived it
reason           理由            理由。                                     the reason
posts            職一覧          職の一覧。                                 the list of posts
ranks            階級一覧        階級の一覧(低い順)。                       the list of ranks, lowest first
holidays         休日            休日の一覧。                               the list of holidays
unmeasured       尺度なし        通達に尺度がなく、各組織が定められる。     the text gives no measure; a force may lay one down
stricter_way     厳しい向き      各組織が長さを動かせる向き。               in which direction a force may move the length
shorter          短く            短くする向き。                             shorter
longer           長く            長くする向き。                             longer
own_force        定める組織      この定めを置く組織。                       the force whose provisions these are
is_example       例              実在しない、例としての定め。               an example that no force has laid down
laid_down        定め            通達ごとの、組織の定め。                   the force's own provisions, circular by circular
issued_on        発出日          定めを重ねる通達の発出日。                 the day of issue of the circular laid over
laid_down_by     定めた者        定めた者。                                 who laid it down
laid_down_on     定めた日        定めた日。                                 when it was laid down
own_ground       定めの根拠      定めの根拠。                               on what ground it was laid down
measured_by      尺度            尺度のない事実の、両側の目安。             two-sided guides for facts without measure
workflow         手続            一件がどう進むか。                         how a case of one kind runs
subject          対象            一件が何であるか。                         what one case is
states           状態            一件がとる状態。                           the states a case can be in
initial          始め            一件の始まる状態。                         where a case begins
final            終点            一件の終わる状態。                         where a case ends
events           事象            一件に起こること。                         what can happen to a case
to               へ              起きた後の状態。                           the state afterwards
hand             起こす者        誰が起こすか(人・機械・時計)。             by whose hand it happens
machine          機械            できるようになれば、ひとりでに起こる。     by itself, as soon as it can
supplied         入力            起こす者が示す事実。                       facts that whoever triggers it must say
writes           記す            一件の事実に書くこと。                     what it writes into the facts of the case
documents        文書            作られる文書。                             the documents it makes
settled          義務済          残る義務がないときに限る。                 only where no duty is open
linked           別件            結び付いた別の一件のいる状態。             states in which another, linked case stands
alike            別件と同じ      別件と同じでなければならない事実。         facts in which the linked case must be the same
timers           期日            時計が終われば起こる事象。                 events that come when a clock has run out
allowed          できる者        訂正、免除、結付け、消去をできる者。       who may correct, waive, link and erase
corrected        訂正            言われた事実を直すこと。                   putting facts right
joined           結付け          別の一件と結び付けること。                 linking with another case
erased           消去            終わった一件の個人情報を消すこと。         erasing the personal data of an ended case
watched          見る判断        義務を見守る判断。                         judgements whose duties are kept account of
actor            行為者          起こす人(手続の要件と記すで)。             whoever triggers the event
actor_post       行為者の職      起こす人の職(手続の要件と記すで)。         the post of whoever triggers it
today            今日            起きた日。                                 the day it happens
now              今              起きた日時。                               the moment it happens
time_now         今の時刻        起きた時刻。                               the time of day at which it happens
layout           書式            様式、通知、報告書、名簿のどれか。         a form, a notice, a report or a roster
notice           通知            相手に知らせる文書。                       a letter to whom it concerns
report_sheet     報告書          報告する文書。                             a report
roster           名簿            一件を一行とする一覧。                     a list with a line for each case
boxes            欄              文書の欄。                                 the boxes of a document
section          部              欄の属する部分(受理所属の欄など)。         the part that a box belongs to
value            値              欄に示す用語(又は行為者、今日など)。       the term that a box shows (or actor, today and so on)
stated_by        記載            欄の記載の有無を言う用語。                 the term that says whether a box is filled in
shows            示す            人の何を示すか(氏名、職名、所属)。           what it shows of a person (name, post, unit)
person_name      氏名            人の氏名(既定)。                           a person's name (unless said otherwise)
person_post      職名            その人が行った職。                         the post in which he acted
person_unit      所属            その人の所属。                             his unit
blank            空欄            値のないときに刷る文字。                   what is printed where there is no value
capacity         字数            欄に入る字数(超えれば続紙)。               how many characters it holds (then a further sheet)
cells            枠              一つの欄の中の枠。                         the cells within one box
ticks            印              チェックの欄。                             check boxes
beside           括弧            チェックに添える括弧の中。                 the brackets beside a check box
addressee        宛名            誰に宛てるか。                             to whom it is addressed
wording          文面            文書の本文。                               the words of a letter or report
grounds          根拠            答えの根拠を載せる事象。                   the events whose answers it states
covers           網羅            その下の全ての項目が欄にある条項。         provisions whose every item must be on it
actor_unit       行為者の所属    起こした人の所属。                         the unit of whoever triggers it
case_number      事案番号        事案の番号。                               the number of the case
entry_number     記録番号        記録の番号。                               the number of the entry
"""

KEYWORDS: tuple[Keyword, ...] = tuple(Keyword(*re.split(" {2,}", line)) for line in _TABLE.strip().splitlines())
BY_WORD: dict[str, Keyword] = {k.ja: k for k in KEYWORDS} | {k.en: k for k in KEYWORDS}

_IN_CONDITIONS = frozenset(
    {
        "all", "any", "not", "reading", "broken", "kept", "different", "same", "at_least", "at_most",
        "less_than", "more_than", "other_than", "within", "before", "after", "presence", "present", "absent",
        "each", "some", "terms", "when", "unstated", "undecided", "actor", "actor_post",
    }
)  # fmt: skip


def in_conditions(word: str) -> bool:
    """Whether conditions, or what stands where a name may, know ``word`` as a keyword: then nothing can be named so."""
    return keyword(word) in _IN_CONDITIONS


def keyword(word: str) -> str | None:
    """The keyword's name in code, whichever language it was written in."""
    found = BY_WORD.get(word)
    return found.en if found else None


def japanese(en: str) -> str:
    """The keyword as an officer writes it."""
    return BY_WORD[en].ja
