"""First names often met in Leicester, Leicestershire and Rutland: a cell that holds one looks like a person.

Names that are ordinary words (April, Grace, Hope, Mark, Will) are left out: they stand in sentences that are none.
"""

from typing import Final

_NAMES: Final = """
    aaliyah aaron abdul abdullah abigail abu adam adrian agnieszka ahmed aisha alan alana albert alex alexander
    alexandra alfie ali alice alicia alina alison amanda amelia amina amir amit amy ana anastasia andrea andrew
    andrzej angela anil anita anjali ann anna anne annie anthony anton antonio archie arjun arthur arun asha ashley
    asif audrey ava ayesha barbara beata becky ben benjamin bernard beth bethany bhavesh brenda brian bronwyn callum
    cameron carl carol caroline catherine charlie charlotte chloe chris christina christine christopher ciara claire
    clare colin connor craig daisy daniel danielle darren dave david dawid debbie deborah deepak denise dennis derek
    diana diane dilip dimitri dipak divya dominic donald donna dorota dorothy duncan edith edward eileen elaine
    eleanor elena elizabeth ella ellen ellie elsie emily emma eric erin ethan eva evelyn ewa farah farhan fatima
    fatma fiona florence francesca freddie frederick gareth gary gemma geoff geoffrey george gerald gillian glenn
    gordon graham grzegorz gurpreet hannah hardeep harjit harriet harry hasan hassan hayley heather heidi helen
    henry hetal holly hussain hussein iain ian ibrahim imran ines irene isaac isabel isabella isabelle isla ivan
    jackie jacob jacqueline jade jagdeep jake jakub jamal james jamie jan jane janet janice jasmine jason jaspreet
    jayesh jean jeffrey jennifer jenny jeremy jess jessica jill joan joanna joanne joe joel john johnny jonathan
    joseph josephine josh joshua joyce juan judith julia julian julie karen karim karl karolina katarzyna kate
    katherine kathleen katie kavita keith kelly ken kenneth kerry kevin khadija khalid kieran kim kimberley kiran
    krishna krystyna krzysztof kuldeep kyle lakshmi laura lauren leanne leila leo lesley leslie lewis liam lily
    linda lisa logan lorraine louis louise lucas lucy luke lydia lynn lynne maciej mahmood malcolm malgorzata
    mandeep manjit manoj marcin marek margaret maria mariam marie marion martha martin martyn mary maryam mateusz
    matthew maureen maxine meena meera megan mehmet melanie melissa michael michal michelle miguel mohamed mohammad
    mohammed mohan molly monika muhammad mustafa nadia naomi natalie natasha nathan neeta neha neil niamh nicholas
    nick nicola nigel nikita nimisha nisha noah nora norman oksana olga oliver olivia oluwaseun omar oscar owen
    pamela parminder patricia patrick paul paula pauline pawel penelope peter phil philip philippa phoebe pierre
    piotr pooja poppy prakash priya rachel rahul raj rajesh rakesh ramesh ranjit rashid raymond rebecca reena rekha
    rhys richard rita robert robin rohan ronald rosemary rosie roxanne russell ruth ryan sabrina sadia saima sally
    salma sam samantha samina samir samuel sandeep sandra sanjay sara sarah satish scott sean sebastian shabana
    shabnam shah shannon sharon shaun sheila shilpa shirley shreya sian simon simran sinead sofia sonia sophia
    sophie stacey stanley stella stephanie stephen steve steven stuart sukhjit sunil sunita surinder susan suzanne
    svetlana sylvia tahir tamara tania tanya tara tariq ted teresa terry thomas tim timothy tina toby tomasz tony
    tracey tracy trevor tyler usha usman valerie vanessa vera veronica vijay vikram vincent vivian waleed wayne
    wendy wilfred william xavier yasmin yusuf yvonne zahra zainab zara zoe zofia
"""
FIRST_NAMES: Final = frozenset(_NAMES.split())
