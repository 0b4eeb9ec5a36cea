//! XMILE: fixtures of our own, hostile texts, and whole models.

mod corners;
mod hostile;
mod kinds;
mod reading;
mod whole;
mod writing;

use loopstream::format::{ImportResult, xmile};
use loopstream::model::IdSource;

/// A tub that fills and drains, drawn with all that views have, and kept with all that they have not.
pub const TUB: &str = r##"<?xml version="1.0" encoding="utf-8"?>
<!-- kept as it is -->
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0" xmlns:isee="http://iseesystems.com/XMILE">
	<header>
		<name>Tub</name>
		<uuid>5e1f</uuid>
		<vendor>Nobody</vendor>
	</header>
	<sim_specs method="RK4" time_units="Minutes" isee:simulation_delay="0">
		<start>0</start>
		<stop>30</stop>
		<dt reciprocal="true">4</dt>
	</sim_specs>
	<isee:prefs layer="model"/>
	<model_units><unit name="Litres"><eqn>l</eqn></unit></model_units>
	<dimensions><dim name="Taps" size="2"/></dimensions>
	<model>
		<variables>
			<stock name="Water\nin tub">
				<doc>What is in the tub.</doc>
				<eqn>start_level</eqn>
				<inflow>filling</inflow>
				<outflow>"draining"</outflow>
				<non_negative/>
				<units>Litres</units>
			</stock>
			<flow name="filling">
				<eqn>MAX(0, (wanted_level - Water_in_tub) / time_to_fill) * "opening"[left]</eqn>
				<units>Litres/Minute</units>
			</flow>
			<flow name="draining"><eqn>Water_IN_tub * 0.1 {a tenth}</eqn></flow>
			<aux name="wanted level"><eqn>if 1 &lt; 2 then 150 else 100</eqn></aux>
			<aux name="time to fill"><eqn>opening</eqn><gf><xscale min="0" max="1"/><ypts>5,4,3</ypts></gf></aux>
			<aux name="opening"><dimensions><dim name="Taps"/></dimensions><element subscript="left"><eqn>1</eqn></element></aux>
			<aux name="start level"><eqn>0</eqn></aux>
			<aux name="hidden"><eqn>wanted_level</eqn></aux>
			<module name="Plumbing"><connect to="Plumbing.level" from="Water_in_tub"/></module>
			<group name="Inputs"><entity name="wanted level"/></group>
		</variables>
		<views>
			<view type="stock_flow" isee:show_pages="false">
				<style color="black"/>
				<stock x="200" y="100" name="Water in tub" isee:label="top"/>
				<flow x="100" y="100" name="filling">
					<pts><pt x="50" y="100"/><pt x="177.5" y="100"/></pts>
				</flow>
				<flow x="300" y="100" name="draining"><pts><pt x="222.5" y="100"/><pt x="350" y="100"/></pts></flow>
				<aux x="50" y="200" name="wanted level"/>
				<aux x="100" y="10" name="time to fill"/>
				<alias uid="4" x="260" y="200"><of>Water_in_tub</of></alias>
				<connector uid="1" angle="0" polarity="-"><from>Water_in_tub</from><to>filling</to></connector>
				<connector uid="2" angle="63.435" polarity="+" isee:x="1"><from>wanted_level</from><to>filling</to></connector>
				<connector uid="3" angle="90" delay_mark="true" polarity="none"><from><alias uid="4"/></from><to>draining</to></connector>
				<connector uid="6" angle="10"><from>time_to_fill</from><to>filling</to></connector>
				<connector uid="7" angle="10"><from>Plumbing</from><to>filling</to></connector>
				<text_box uid="8" x="20" y="300" width="100" height="40">Fill it &amp; wait</text_box>
				<module x="400" y="300" name="Plumbing"/>
				<isee:loop_indicator name="B1"/>
			</view>
			<view type="stock_flow">
				<aux x="10" y="20" name="opening"/>
				<aux x="110" y="20" name="start level"/>
			</view>
			<view type="interface"><text_box uid="1" x="1" y="2">Not a note</text_box></view>
		</views>
	</model>
	<model name="Plumbing"><variables><aux name="level"><eqn>wanted_level</eqn></aux></variables></model>
</xmile>
"##;

pub fn opened(text: &str) -> ImportResult {
    let opened = xmile::read(text, &mut IdSource::new(11)).unwrap();
    crate::common::document::assert_valid(&opened.document);
    opened
}
