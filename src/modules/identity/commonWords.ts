/**
 * What stands in passwords that many people have: words, names, places, teams, letters and numbers with a meaning, in English, in pinyin
 * and in Chinese. Written from general knowledge, not taken from a published list: such lists consist of these, of numbers and of keys
 * that lie side by side, and hardly hold anything of twelve characters that is made of something else.
 */
export const COMMON_WORDS = `
password passwd passwort passw pass admin administrator root guest test tester testing user username login logon welcome letmein
access account secret changeme default temp demo sample example master superman batman spiderman ironman hello hi world monkey dragon
sunshine princess football baseball basketball soccer hockey golf shadow killer hunter ranger buster tiger lion panda eagle falcon
wolf bear horse cat dog kitty puppy mustang ferrari porsche mercedes toyota honda yamaha harley corvette chelsea arsenal liverpool
manchester barcelona madrid juventus lakers yankees cowboys michael michelle jordan jennifer jessica ashley amanda nicole daniel andrew
joshua matthew charlie thomas robert george william joseph david james john jack harry oliver peter martin steven kevin justin brandon
alexander alex samantha natasha maria anna emma sarah laura linda lisa susan robin pepper ginger cookie chocolate banana orange apple
cherry lemon coffee cheese whatever trustno starwars matrix pokemon naruto nintendo minecraft internet computer server network
samsung nokia huawei xiaomi apple google facebook twitter linkedin windows microsoft linux oracle cisco baidu tencent taobao alibaba
summer winter spring autumn january february march april june july august september october november december monday tuesday
wednesday thursday friday saturday sunday today forever lovely loveyou iloveyou love baby angel honey sweet flower rose lucky
happy smile freedom heaven jesus christ mother father family friend purple yellow green blue black white silver golden diamond
money dollar qwerty azerty qazwsx asdf zxcv qwer wasd abcd abc aaa xxx zzz qaz wsx edc
china zhongguo beijing shanghai tianjin chongqing shanxi shaanxi taiyuan datong henan hebei shandong guangzhou shenzhen woaini
woaizhongguo woai aini nihao zaijian mima denglu guanliyuan laopo laogong baobei baba mama erzi nver jiejie gege didi meimei
shengri kuaile xingfu pingan jiankang facai gongxi xinnian zhongqiu guoqing dangyuan dangjian dangzhibu zhibu dangwei dangwu shuji
gongchandang gongchan renmin weirenminfuwu jituan gongsi meikuang kuangye meitan anquan shengchan rongjian
wang zhang liu chen yang zhao huang zhou xu sun
520 1314 5201314 521 1993 1949 1921 666 888 999 168 518 8888 6666 123 321 147 258 369 159 357 007 110 119 120 911 101
党员 党建 党支部 支部 党委 书记 密码 我爱 中国 你好 祖国 人民 为人民服务 共产党 管理员 登录 平安 快乐 生日 公司 集团 煤矿 安全生产
`
  .trim()
  .split(/\s+/)
