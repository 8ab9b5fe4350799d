"""Storms, runoff, drainage networks, channels, structures, ponds and irrigation.

Everything is in m, m2, m3, m3/s, m/s and s, but where a name or docstring says otherwise: rain in mm, intensity in
mm/min (`storm`) or mm/h (`runoff.rational_peak_hourly`), catchments in km2 or hm2, times of concentration in min, pipe
flow in m3/h and pipe diameter in mm (`irrigation`). A function that returns a `Traced` gives the number as `.value` or
by `float()`, and its working by `.inputs`. No function needs a project; those that work a project's records say so.

    storm        intensity by map value and factors (`storm_factor`, `duration_factor`, `DurationFactorStorm`), by a
                 city formula (`CityStorm`), by the 24-hour rain (`DailyRainStorm`); frequency (`frequency_factor`,
                 `fit_frequency`); profiles (`chicago`, `day_storm`, `pattern_storm`)
    runoff       `weighted_coefficient`, `rational_peak` (mm/min), `rational_peak_hourly` (mm/h),
                 `peak_less_infiltration`; `overland_time`, `ditch_time`, `sheet_flow_time`, `shallow_velocity`;
                 `curve_number_runoff`, `weighted_curve_number`, `composite_curve_number`, `tr55_peak`;
                 `confluence_peak`; `convolve`, `scs_unit_peak`, `unit_hydrograph`, `hydrograph`; `storm_volume`
    section      `rectangle`, `triangle`, `Trapezoid`, `Circle`, `UShape`, `Compound`
    channel      `normal_depth`, `critical_depth`, `critical_slope`, `capacity`, `friction_slope`, `manning_velocity`,
                 `full_pipe_diameter`, `bottom_width`, `best_trapezoid`, `alternate_depths`, `conjugate_depth`, `jump`,
                 `sequent_depth`; profiles by
                 `direct_step`, `steps_between`, `water_surface`, `drawdown`
    weir         `weir_flow`, `head_for`, `width_for`, `francis_weir`, `full_width_weir`, `contracted_weir`, `v_notch`,
                 `v_notch_by`, `submergence`, `orifice`, `riser`
    culvert      `Culvert`, `rate`, `inlet_headwater`, `outlet_headwater`, `capacity_at`, `overtopping`
    chute        `chute`, `contracted_depth`, `stilling_basin`, `settled_basin`, `drop`, `riprap_apron`, `flare_length`
    pond         `frustum_volume`, `from_areas`, `rectangular`, `circular`, `from_grid`, `reach_volume`;
                 `detention_share`, `triangle_storage`, `lost_storage`; `route_spillway`, `size_spillway`; `balance`,
                 `annual_budget`
    routing      `Rating`, `puls`, `linear_reservoir`, `drawdown_time`
    irrigation   `friction`, `darcy_loss`, `darcy_friction`, `hazen_williams_loss`, `multi_outlet`
    network      `order`, `solve`; design.design_water works a whole project
"""
