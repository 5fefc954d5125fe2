"""Word lists: words that say nothing, words that say little, words that are right as typed.

All words stand here folded (lower case, no accents, no apostrophes), as `language.fold` gives them.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that carry no meaning of their own in a question: they count nothing.
STOP_ENGLISH = _words(
    """
    a an the this that these those it its itself is are was were be been being am im ive id ill
    and or but nor not no if then than as at by for from in into of off on onto out over to toward
    towards up down with within without about across after again against along among around before
    behind below beneath beside besides between beyond during except since through throughout till
    under until upon via per
    i me my mine myself we us our ours ourselves you your yours he him his she her hers they them
    their theirs who whom whose which what when where why how do does did doing done dont doesnt
    didnt isnt arent wasnt cant couldnt wont wouldnt shouldnt have has had having havent hasnt can
    could will would shall should may might must let lets there here heres theres whats whos
    any some all both each either neither every own same so such too very just also only even ever
    more most much many few less least other others another else yet still now already always often
    id youre theyre weve theyve youve were hes shes
    """
)
STOP_FRENCH = _words(
    """
    le la les un une des du de au aux ce cet cette ces ca cela ceci celui celle ceux celles
    et ou mais donc or ni car si que qui quoi dont lequel laquelle lesquels lesquelles
    je tu il elle on nous vous ils elles me te se moi toi lui leur leurs eux soi y en
    mon ma mes ton ta tes son sa ses notre nos votre vos
    est sont suis es etes sommes ete etre etait etaient sera seront soit ai as avons avez ont avoir
    avait avaient aura auront eu fait faire fais font faites peut peux peuvent pouvez pouvons puis
    pouvoir doit dois doivent devons devez veux veut voulez voulons veulent voudrais voudrait
    aimerais aimerait vais va vas allons allez vont
    a dans par pour sur sous avec sans entre vers chez contre depuis pendant avant apres jusque
    jusqu lors lorsque quand comment pourquoi combien quel quelle quels quelles
    ne pas plus moins tres trop peu bien tout toute tous toutes meme memes aussi encore deja
    autre autres chaque certains certaines quelque quelques plusieurs tel telle tels telles
    ici la aujourdhui ainsi alors afin selon etc t
    """
)
STOP = STOP_ENGLISH | STOP_FRENCH

# Words that say little in this place: they order what other words have found.
QUIET = _words(
    """
    group groups network networks networking community communities community organization
    organizations organisation organisations org orgs agency agencies program programs programme
    programmes project projects initiative initiatives service services serving sector sectors team
    teams committee committees association associations council councils table tables coalition
    society meeting meetings space spaces forum hub collective circle support supports supporting
    settlement local regional national canada canadian newcomer newcomers immigrant immigrants
    immigration integration worker workers working work works job staff professional professionals
    people person persons someone somebody anyone anybody everyone everybody folks colleague
    colleagues member members place places area region city town province thing things stuff way
    ways kind kinds type types sort list lists directory information info contact contacts website
    site page link links online
    groupe groupes reseau reseaux communaute communautes organisme organismes agence agences
    projet projets secteur secteurs equipe equipes comite comites conseil conseils
    regroupement regroupements rencontre rencontres espace espaces soutien appui etablissement
    locale locaux locales regionale regionales nationale nationales canadien canadienne
    canadiens canadiennes immigrante immigrantes immigre immigres nouvel nouveau nouveaux nouvelle
    nouvelles arrivant arrivants arrivante arrivantes travail travaille travailler travaillons
    travaillent travailleur travailleurs travailleuse travailleuses personne personnes gens
    quelquun collegue collegues membre membres lieu endroit ville chose choses genre sorte liste
    repertoire renseignement renseignements lien liens
    looking look looks find finding found search searching seek seeking seeks want wants wanted need
    needs needed wish wishes hope hoping like likes interested try trying tried know knows knowing
    learn learning ask asking tell talk talking discuss discussing share sharing join joining joined
    connect connecting meet help helps helping get gets getting got give gives giving go goes going
    come coming make makes making take takes taking use uses using used run runs running start
    starting started do see seeing work exist exists existing available good best better great nice
    new old big small please thanks thank hello hi hey dear near nearby close closest here today
    currently recently really maybe anything something nothing lot lots first last
    cherche chercher cherchons recherche rechercher trouve trouver trouvez besoin besoins
    existe existent souhaite souhaiter souhaitons desire desirer espere connais connaitre connait
    savoir sais sait aide aider aidez aident apprendre demander demande parler parle discuter
    discute partager partage joindre rejoindre rencontrer participer donner donne prendre prend
    utiliser utilise aller venir vient viens merci bonjour salut svp pres proche actuellement
    vraiment quelque bon bonne bons bonnes meilleur meilleure petit petite grand grande beaucoup
    accompagne accompagner accompagnons oeuvre oeuvrer interesse interessee interesses
    """
) | _words("""
    dealing deal deals handle handling hear heard figure wondering wonder others
    say says said saying tells told think thinks thinking feel feels bring brings bringing put keep
    keeps keeping show shows call called happen happens happening let lets set become receive
    receives received receiving came went seen saw done middle lately recent soon later idea ideas
    question wondered hoped possible possibly able wanting asked asks keen curious
    dire dit disent savent comprendre mettre mettons recevoir recevons recoit recoivent commencer
    commence commencons arriver arrive arrivent voir voit voyons idee idees possible curieux
    aimons aime aiment venons devrait devrais pourrait pourrais semblable semblables chez aupres
    """)

# Everyday words that are no misspelling of a word of this sector, though the data may lack them.
ORDINARY = _words(
    """
    dental dentist dentists rental rent hotel hotels motel hostel winter summer spring tire tires
    knitting sewing cooking baking garden gardening music dance dancing yoga soccer football hockey
    swimming church mosque temple school teeth doctor doctors nurse nurses hospital pharmacy bank
    banks banking money loan loans credit taxes clothes clothing furniture driving driver drivers
    licence license licences bus train taxi airport border travel visa visas passport passports
    phone phones mobile laptop laptops tablet tablets computer computers internet server servers
    video videos game games gaming book books reading writing math science history food foods meal
    meals kitchen grocery groceries restaurant restaurants farm farms farming farmers fishing
    mining factory construction nursing truck trucks trucking cleaning hair beauty wedding marriage
    divorce custody baby babies birth pregnancy pregnant dog dogs cat cats horse weather snow ice
    fire flood house houses home homes homeless roof room rooms bed beds condo mortgage landlord
    tenant tenants police prison court judge lawyer lawyers crime fraud scam scams grief death
    funeral diet weight sport sports gym coach coaching hiring resume resumes salary wage wages
    union unions strike pension retire retired retirement insurance benefits welfare charity
    donation donations fundraising grant grants budget budgets accounting audit payroll marketing
    sales retail brand radio podcast podcasts film films movie movies theatre photo photos camera
    painting craft crafts culture cultural festival holiday holidays christmas ramadan faith prayer
    spiritual muslim christian jewish sikh hindu buddhist catholic arabic chinese mandarin
    cantonese spanish somali tigrinya punjabi urdu hindi tagalog farsi dari pashto russian
    ukrainian korean japanese vietnamese portuguese german italian turkish kurdish swahili
    afghan syrian african asian caribbean latin indian filipino nigerian sudanese haitian
    dentiste dentistes dentaire hiver neige ete tricot couture cuisine cuisiner jardin jardinage
    musique danse natation eglise mosquee ecole medecin medecins infirmier infirmiere infirmieres
    hopital pharmacie banque argent pret impot impots vetement vetements meuble meubles conduire
    conduite permis autobus voiture voitures aeroport frontiere voyage passeport telephone
    ordinateur ordinateurs logiciel jeux jeu livre livres lecture ecriture histoire nourriture
    repas epicerie ferme agriculture agricole peche usine menage coiffure mariage bebe bebes
    naissance grossesse enceinte chien chat meteo feu maison maisons chambre chambres loyer
    locataire locataires police juge avocat avocats avocate crime fraude deuil mort sport sportif
    salaire syndicat retraite retraites assurance don dons subvention subventions budget
    comptabilite vente film theatre culture culturel culturelle fete priere musulman chretien juif
    arabe chinois espagnol russe ukrainien allemand italien turc haitien africain
    """
)
