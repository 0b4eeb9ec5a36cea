//! Vensim: fixtures of our own, hostile texts, and whole models.

mod corners;
mod hostile;
mod kinds;
mod reading;
mod whole;
mod writing;

use loopstream::format::{ImportResult, vensim};
use loopstream::model::IdSource;

/// A tub that fills and drains over two views, with what equations and views have.
pub const TUB: &str = "{UTF-8}
:MACRO: TWICE(x)
TWICE = 2 * x
\t~\t
\t~\tA macro.
\t|
:END OF MACRO:

********************************************************
\t.Tub
********************************************************~
\t\tThe physical part.
\t|

Taps: left, right
\t~\t
\t~\tBoth of them.
\t|

\"filling (in)\"=
\tMAX(0, (wanted level - Water in tub)/time to fill table(Time)) * opening[left!]
\t~\tLitres/Minute [0,?,0.5]
\t~\tWhat flows in; it's \\
\t\tnever less than \"nothing\".
\t|

time to fill table(
\t[(0,0)-(10,10)],(0,0),(10,5))
\t~\t
\t~\t\t|

Water in tub= INTEG (
\t\"filling (in)\"-draining,
\t\tstart level)
\t~\tLitres
\t~\t\t|

draining  = A FUNCTION OF( -Water_in_tub,
\t\tworry)
\t~\tLitres/Minute
\t~\tGone.
\t~\t:SUPPLEMENTARY
\t|

opening[Taps]= 1
\t~\t
\t~\t\t|

wanted level=
\t150 ~ Litres ~ |

start level= 0 ~~|
hidden= wanted level ~~|

********************************************************
\t.Control
********************************************************~
\t\tSimulation Control Parameters
\t|

FINAL TIME  = 100
\t~\tMinute
\t~\tThe final time for the simulation.
\t|

TIME STEP  = 0.125
\t~\tMinute
\t~\tThe time step for the simulation.
\t|

\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Tub
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|72,72,100,0
10,1,Water in tub,300,200,40,20,3,3,0,0,0,0,0,0
12,2,48,100,200,10,8,0,3,0,0,-1,0,0,0
1,3,5,1,4,0,0,22,0,0,0,-1--1--1,,1|(235,200)|
1,4,5,2,100,0,0,22,0,0,0,-1--1--1,,1|(145,200)|
11,5,48,190,200,6,8,34,3,0,0,1,0,0,0
10,6,\"filling (in)\",190,216,32,8,40,3,0,0,-1,0,0,0
12,7,48,500,200,10,8,0,3,0,0,-1,0,0,0
1,8,10,7,4,0,0,22,0,0,0,-1--1--1,,1|(450,200)|
1,9,10,1,100,0,0,22,0,0,0,-1--1--1,,1|(370,200)|
11,10,48,400,200,6,8,34,3,0,0,1,0,0,0
10,11,draining,400,216,32,8,40,3,0,0,-1,0,0,0
10,12,wanted level,190,300,40,8,8,3,0,0,0,0,0,0
1,13,12,6,1,0,43,0,0,65,0,-1--1--1,,1|(190,258)|
1,14,1,5,1,0,45,0,2,128,0,-1--1--1,|||0-0-0,1|(245,145)|
1,15,1,10,1,0,115,0,0,64,0,-1--1--1,,1|(350,150)|
10,16,Time,80,120,26,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|12||128-128-128
1,17,16,5,0,0,0,0,0,64,0,-1--1--1,,1|(135,160)|
12,18,0,250,150,20,20,5,4,0,0,-1,0,0,0
B
12,19,0,300,350,80,10,8,4,0,0,-1,0,0,0
Fill it, then\\nwait
12,20,1118,400,350,30,30,8,7,0,0,-1,0,0,0,0-0-0,0-0-0,|||0-0-0
Odd picture
30,21,7,0,0,0,0,0
\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Worry
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|72,72,100,0
10,1,worry,100,100,40,8,8,3,0,0,0,0,0,0
10,2,draining,200,100,32,8,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|12||128-128-128
1,3,1,2,1,0,79,0,0,64,0,-1--1--1,,1|(150,50)|
10,4,opening,100,200,32,8,8,3,0,0,0,0,0,0
1,5,4,4,1,0,0,0,0,64,0,-1--1--1,,1|(140,200)|
///---\\\\\\
:L\u{7f}<%^E!@
1:Current.vdf
5:wanted level
";

pub fn opened(text: &str) -> ImportResult {
    let opened = vensim::read(text, &mut IdSource::new(11)).unwrap();
    crate::common::document::assert_valid(&opened.document);
    opened
}
